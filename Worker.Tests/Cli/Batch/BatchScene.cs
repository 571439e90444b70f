using System.Text.Json;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A folder with an input and an output, and runs between them.</summary>
sealed class BatchScene : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("batch").FullName;

    public string Folder => folder;

    public string Input { get; set; }


    public string Output { get; set; }

    public BatchScene() =>
        (Input, Output) = (Path.Combine(folder, "jobs.jsonl"), Path.Combine(folder, "results.jsonl"));

    public StringWriter Complaints { get; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public BatchCounts Counts { get; private set; } = new();

    public IReadOnlyList<JsonElement> Endings =>
        File.Exists(Output) ? [.. File.ReadLines(Output).Select(line => JsonElement.Parse(line))] : [];

    public BatchScene Given(params IEnumerable<string> lines)
    {
        File.WriteAllLines(Input, lines);
        return this;
    }

    /// <summary>
    /// A run as the command makes it. Everything that it checks before the first job happens before the client is used.
    /// </summary>
    public async Task Run(IJobClient client, Func<BatchOptions, BatchOptions>? change = null,
        CancellationToken? interrupt = null, CostLimit? limit = null)
    {
        var options = (change ?? (given => given))(new BatchOptions(Input, Output));
        Counts = new(Clock);
        using var input = InputFile.Open(options.Input);
        var source = await JobSource.Open(input, options.IsTableIn, options.Defaults,
            TestContext.Current.CancellationToken);
        FirstLook.Check(options.Input, source.First);
        IOutputFormat format = options.IsTableOut
            ? new TableRows(source.Columns, options.Echo)
            : new JsonLines(source.Columns, options.Echo, _ => null);
        var opened = OpenedOutput.Open(Output, format, input.Path, options.Restart);
        if (options.RetryFailed)
            await opened.DropFailed(format);
        await using var output = new OutputFile(opened, format);
        var sent = client.IsEmbedded ? null : SentFile.Open(Output, options.Restart);
        await ResumeCheck.Run(source.Read(TestContext.Current.CancellationToken), output.Earlier, sent?.State, Output);
        var run = new BatchRun(client, output, sent, options, Counts, limit, Complaints.WriteLine);
        try
        {
            var cancellation = interrupt ?? TestContext.Current.CancellationToken;
            await run.Run(source.Read(cancellation), cancellation)
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Stopped = run.Stopped;
        }
        finally
        {
            await client.DisposeAsync();
            await run.Flush();
        }
        if (options.KeepOrder)
            await output.Sort();
    }

    /// <summary>Why the last run ended early.</summary>
    public string? Stopped { get; private set; }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static string Job(string id, string model = "m") =>
        $$"""{"operation":"message-model","jobId":"{{id}}","model":"{{model}}","messages":[{"text":"x"}]}""";
}
