using System.CommandLine;

namespace OpenAIWorker.Bench;

/// <summary>The option <c>--worker</c>.</summary>
static class PublishedWorker
{
    public static Option<string?> Option() => new("--worker")
    {
        Description = "A published worker, such as out/worker. Default: the one that was built with this program.",
    };
}
