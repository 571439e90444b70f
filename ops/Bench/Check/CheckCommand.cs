using System.CommandLine;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Check;

/// <summary><c>check</c>: whether the worker has become slower or needs more than before.</summary>
static class CheckCommand
{
    const string Description = """
        Runs a few short rounds of the throughput benchmark, and compares what the worker takes with what a hand-written one takes in the same minutes:
        ratios, which a busy machine changes less than times. Ends with 1 if one is worse than the stored one (ops/Bench/Check/figures.json) by more than its margin.
        """;

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var worker = PublishedWorker.Option();
        var update = new Option<bool>("--update") { Description = "Stores the ratios as they are now." };
        var hostNetwork = new Option<bool>("--host-network")
        {
            Description = "The broker shares this machine's network. For Docker on Linux, not rootless.",
        };
        var command = new Command("check", Description) { image, worker, update, hostNetwork };
        command.SetAction(async (given, cancellation) =>
        {
            var passes = false;
            await Site.Use(given.GetValue(image)!, tellsLimits: false,
                async site => passes = await CheckRun.Run(site, given.GetValue(worker), given.GetValue(update),
                    cancellation),
                cancellation, given.GetValue(hostNetwork) ? BrokerNetwork.Machine : BrokerNetwork.Own);
            return passes ? 0 : 1;
        });
        return command;
    }
}
