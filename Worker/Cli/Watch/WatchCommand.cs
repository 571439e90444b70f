using System.CommandLine;

namespace OpenAIWorker.Cli.Watch;

/// <summary><c>watch</c>: prints events as they arrive.</summary>
static class WatchCommand
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var patterns = new Argument<string[]>("PATTERN")
        {
            Description = "Which events, such as 'message-model.*' or '*.failed'; # is all of them.",
            DefaultValueFactory = _ => ["#"],
        };
        var json = new Option<bool>("--json") { Description = "The events as they are, one JSON object a line." };
        var command = new Command("watch", "Follows events from now on, one a line, until Ctrl-C.") { patterns, json };
        command.SetAction((parsed, cancellation) =>
            WatchRun.Run(settings, parsed.GetValue(patterns)!, parsed.GetValue(json), cancellation));
        return command;
    }
}
