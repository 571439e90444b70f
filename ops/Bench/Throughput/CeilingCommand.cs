using System.CommandLine;

namespace OpenAIWorker.Bench.Throughput;

/// <summary><c>ceiling</c>: the worker that <c>throughput</c> compares with, as a separate process.</summary>
static class CeilingCommand
{
    public static Command Make()
    {
        var uri = new Option<string>("--uri") { Required = true };
        var prefix = new Option<string>("--prefix") { Required = true };
        var baseUrl = new Option<string>("--base-url") { Required = true };
        var concurrency = new Option<ushort>("--concurrency") { Required = true };
        var command = new Command("ceiling",
            "The hand-written worker of the throughput benchmark. It runs until it is killed.") { uri, prefix, baseUrl,
            concurrency };
        command.SetAction((given, cancellation) =>
            Ceiling.Run(given.GetValue(uri)!, given.GetValue(prefix)!, new(given.GetValue(baseUrl)!),
                given.GetValue(concurrency), cancellation));
        return command;
    }
}
