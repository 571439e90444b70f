using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Emulator;
using Spectre.Console;

namespace OpenAIWorker.Demo;

/// <summary>Sends the jobs, waits for their endings, shows them.</summary>
static class DemoRun
{
    const int WidthInAFile = 140;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    public static async Task<int> Run(string file, OpenAIEmulator emulator)
    {
        var jobs = Samples.Read(file);
        var endings = new ConcurrentDictionary<string, JsonElement>();
        var all = new TaskCompletionSource();
        await using (var client = JobClients.Open(
            [$"--OpenAI:Credentials:default:BaseUrl={emulator.BaseUrl}", "--OpenAI:Credentials:default:ApiKey=any", "--Delivery:FirstDelay=00:00:01", "--Logging:LogLevel:Default=Critical"], "demo", TimeSpan.Zero))
        {
            await client.Receive(arrived =>
            {
                if (arrived.Type != Delivery.JobEvent.Delayed)
                    endings[arrived.JobId] = JsonElement.Parse(arrived.Body.Span);
                if (endings.Count == jobs.Count)
                    all.TrySetResult();
                return Task.CompletedTask;
            }, default);
            foreach (var job in jobs)
                await client.Send(job, default);
            await Task.WhenAny(all.Task, Task.Delay(Patience));
        }
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthInAFile;
        AnsiConsole.Write(Endings.Table(jobs, endings));
        Console.WriteLine($"{endings.Count} of {jobs.Count} jobs have an ending; the emulator would have billed {emulator.Bill.Billed} calls.");
        return endings.Count == jobs.Count ? 0 : 1;
    }
}
