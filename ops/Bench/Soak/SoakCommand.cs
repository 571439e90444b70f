using System.CommandLine;

namespace OpenAIWorker.Bench.Soak;

/// <summary><c>soak</c>: what a worker holds while its backlog grows.</summary>
static class SoakCommand
{
    const string Description = """
        Publishes more jobs than the worker can do, some of them of a model with a rate limit, some that fail once, and prints once a minute what the worker holds:
        memory, handles and threads stay what they were, however long the backlog becomes. The exit code is 1 if they do not.
        """;

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var minutes = new Option<int>("--minutes") { Description = "The duration.", DefaultValueFactory = _ => 10 };
        var worker = PublishedWorker.Option();
        var command = new Command("soak", Description) { image, minutes, worker };
        command.SetAction(async (given, cancellation) =>
        {
            var isFlat = false;
            var code = await Site.Use(given.GetValue(image)!, tellsLimits: false, async site =>
                isFlat = await SoakRun.Run(site, TimeSpan.FromMinutes(given.GetValue(minutes)), given.GetValue(worker),
                    cancellation), cancellation);
            return isFlat ? code : 1;
        });
        return command;
    }
}
