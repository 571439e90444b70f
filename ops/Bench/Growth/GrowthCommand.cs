using System.CommandLine;

namespace OpenAIWorker.Bench.Growth;

/// <summary><c>growth</c>: what a job costs as there are more of something.</summary>
static class GrowthCommand
{
    const string Description = """
        Prints jobs per second, memory, queues and processor time of worker and broker, with more and more jobs waiting, tenants, lanes and replicas.

        A backlog is worked off as fast as the machine can, for 15 s. The others have 3,000 jobs behind limits of 6,000 requests a minute in all.
        """;

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var worker = PublishedWorker.Option();
        var only = new Option<string[]>("--only")
        {
            Description = "Which of them. Default: all.",
            AllowMultipleArgumentsPerToken = true
        };
        only.AcceptOnlyFromAmong([.. GrowthRun.Axes.Keys]);
        var most = new Option<int>("--most")
        {
            Description = "No more than so many of anything.",
            DefaultValueFactory = _ => 1_000_000
        };
        var command = new Command("growth", Description) { image, worker, only, most };
        command.SetAction((given, cancellation) => Site.Use(given.GetValue(image)!, tellsLimits: true,
            site => GrowthRun.Run(site, given.GetValue(only) is { Length: > 0 } some ? some : [.. GrowthRun.Axes.Keys],
                given.GetValue(most), given.GetValue(worker), cancellation), cancellation));
        return command;
    }
}
