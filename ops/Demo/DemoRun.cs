using OpenAIWorker.Emulator;
using Spectre.Console;

namespace OpenAIWorker.Demo;

/// <summary>Sends the jobs, waits for their endings, shows them.</summary>
static class DemoRun
{
    const int WidthInAFile = 140;

    public static async Task<int> Run(string file, OpenAIEmulator emulator)
    {
        var home = Directory.CreateTempSubdirectory("openai-worker-demo-");
        Desk desk;
        await using (var client = JobClients.Open(Settings(emulator, home), "demo", TimeSpan.Zero))
        {
            desk = await Desk.Open(client);
            await Task.WhenAll([.. Samples.Read(file).Select(desk.End), Conversation.Run(desk)]);
        }
        home.Delete(recursive: true);
        var (jobs, endings) = (desk.Jobs, desk.Endings);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthInAFile;
        AnsiConsole.Write(Endings.Table(jobs, endings));
        Console.WriteLine(
            $"{endings.Count} of {jobs.Count} jobs have an ending; the emulator would have billed "
                + $"{emulator.Bill.Billed} calls.");
        return endings.Count == jobs.Count ? 0 : 1;
    }

    static IReadOnlyList<string> Settings(OpenAIEmulator emulator, DirectoryInfo home) =>
    [
        $"--OpenAI:Credentials:default:BaseUrl={emulator.BaseUrl}", "--OpenAI:Credentials:default:ApiKey=any",
        "--Delivery:FirstDelay=00:00:01",
        $"--Storage:Path={Path.Combine(home.FullName, "worker.db")}", "--Logging:LogLevel:Default=Critical",
        .. ParcelDesk.Settings,
    ];
}
