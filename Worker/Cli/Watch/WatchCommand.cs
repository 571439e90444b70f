using System.CommandLine;

namespace OpenAIWorker.Cli.Watch;

/// <summary><c>watch</c>: prints events as they arrive.</summary>
static class WatchCommand
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var patterns = new Argument<string[]>("PATTERN")
        {
            Description = "The routing keys, such as 'message-model.*' or '*.failed'; # means all.",
            DefaultValueFactory = _ => ["#"],
        };
        var json = new Option<bool>("--json") { Description = "The unchanged events, one JSON object per line." };
        var command = new Command("watch", "Follows new events, one per line, until Ctrl-C.") { patterns, json };
        command.SetAction((parsed, cancellation) =>
            WatchRun.Run(settings, parsed.GetValue(patterns)!, parsed.GetValue(json), cancellation));
        return command;
    }
}
