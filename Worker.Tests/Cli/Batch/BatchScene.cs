using System.Text.Json;
using OpenAIWorker.Cli.Batch;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A folder with an input and an output, and runs between them.</summary>
sealed class BatchScene : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("batch").FullName;

    public string Input => Path.Combine(folder, "jobs.jsonl");

    public string Output => Path.Combine(folder, "results.jsonl");

    public StringWriter Complaints { get; } = new();

    public BatchCounts Counts { get; private set; } = new();

    public IReadOnlyList<JsonElement> Endings => File.Exists(Output) ? [.. File.ReadLines(Output).Select(line => JsonElement.Parse(line))] : [];

    public BatchScene Given(params IEnumerable<string> lines)
    {
        File.WriteAllLines(Input, lines);
        return this;
    }

    public async Task Run(FakeClient client, bool restart = false, int? window = null, CancellationToken? interrupt = null)
    {
        Counts = new();
        var options = new BatchOptions(Input, Output, restart, false, window, true);
        await using var output = await OutputFile.Open(Output, restart, CancellationToken.None);
        var sent = client.IsEmbedded ? null : SentFile.Open(Output, Input, restart);
        using var run = new BatchRun(client, new(options.Name), output, sent, options, Counts, Complaints);
        using var input = File.OpenText(Input);
        try
        {
            await run.Run(input, interrupt ?? TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        finally
        {
            await client.DisposeAsync();
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static string Job(string id, string model = "m") => $$"""{"operation":"message-model","jobId":"{{id}}","model":"{{model}}","messages":[{"text":"x"}]}""";
}
