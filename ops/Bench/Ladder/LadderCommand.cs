using System.CommandLine;

namespace OpenAIWorker.Bench.Ladder;

/// <summary><c>ladder</c>: how punctual scheduled jobs are.</summary>
static class LadderCommand
{
    const string Description = """
        Prints how late an idle worker calls for 120 jobs whose notBefore lies 1 to 60 seconds ahead, at odd fractions of a second.

        Lateness is the time from notBefore to the call's arrival at the emulator. It must never be negative.
        """;

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var command = new Command("ladder", Description) { image };
        command.SetAction((given, cancellation) =>
            Site.Use(given.GetValue(image)!, tellsLimits: false, site => LadderRun.Run(site, cancellation),
                cancellation));
        return command;
    }
}
