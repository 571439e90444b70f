using System.Runtime.InteropServices;
using OpenAIWorker.Cli;
using OpenAIWorker.Emulator;
using Spectre.Console;

namespace OpenAIWorker.Demo;

/// <summary>Sends the jobs, waits for their endings and shows them.</summary>
static class DemoRun
{
    /// <summary>Also shows the jobs on the worker's pages, until it is stopped.</summary>
    public const string Web = "--web";

    const int WidthInAFile = 140;
    const int Port = 8090;

    public static async Task<int> Run(string file, bool withWeb, OpenAIEmulator emulator)
    {
        var home = Directory.CreateTempSubdirectory("openai-worker-demo-");
        Desk desk;
        IReadOnlyList<string> web = withWeb ? [$"--Web:Port={Port}", "--Records:Keep=Everything"] : [];
        await using (var client = JobClients.Open([.. Settings(emulator, home), .. web], "demo", TimeSpan.Zero))
        {
            desk = await Desk.Open(client);
            if (withWeb)
                Console.WriteLine($"The jobs are at http://localhost:{Port} until Ctrl-C.");
            await Task.WhenAll(
                [.. Samples.Read(file).Concat(Hiccups.All).Select(desk.End), Conversation.Run(desk)]);
            Show(desk, emulator);
            if (withWeb)
                await Stopped();
        }
        home.Delete(recursive: true);
        return desk.Endings.Count == desk.Jobs.Count ? 0 : 1;
    }

    static void Show(Desk desk, OpenAIEmulator emulator)
    {
        var (jobs, endings) = (desk.Jobs, desk.Endings);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthInAFile;
        AnsiConsole.Write(Endings.Table(jobs, endings, AnsiConsole.Profile.Width));
        Console.WriteLine(
            $"{endings.Count} of {jobs.Count} jobs have an ending; the emulator would have billed "
                + $"{emulator.Bill.Billed} calls.");
    }

    // By Ctrl-C or SIGTERM.
    static async Task Stopped()
    {
        var stopped = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    static IReadOnlyList<string> Settings(OpenAIEmulator emulator, DirectoryInfo home) =>
    [
        $"--OpenAI:Credentials:default:BaseUrl={emulator.BaseUrl}", "--OpenAI:Credentials:default:ApiKey=any",
        "--Delivery:FirstDelay=00:00:01",
        $"--Storage:Path={Path.Combine(home.FullName, "worker.db")}", "--Logging:LogLevel:Default=Critical",
        .. ParcelDesk.Settings,
    ];
}
