using System.CommandLine;

namespace OpenAIWorker.Bench.Scale;

/// <summary><c>scale</c>: many tenants, models and waiting jobs, and many jobs that become due at one moment.</summary>
static class ScaleCommand
{
    const string Description = """
        Prints how late jobs of a model without limit are that fall due at one moment, beside a backlog of many tenants and models behind limits.

        Lateness is the time from notBefore to the call's arrival at the emulator: of the jobs alone, and once the backlog has been put aside. The first row
        has as many jobs without a notBefore, and their calls a second: more than the machine can do at one moment is late on any machine.
        """;

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var worker = PublishedWorker.Option();
        var tenants = Number("--tenants", "Tenants of the backlog.", 1_000);
        var models = Number("--models",
            "Models of the backlog, each with a limit of 60 requests a minute, which the worker learns.", 200);
        var waiting = Number("--waiting", "Jobs of the backlog.", 100_000);
        var due = Number("--due", "Jobs that fall due at one moment.", 20_000);
        var concurrency = Number("--concurrency", "Delivery:Concurrency.", 512);
        var command = new Command("scale", Description) { image, worker, tenants, models, waiting, due, concurrency };
        command.SetAction((given, cancellation) =>
            Site.Use(given.GetValue(image)!, tellsLimits: true, site => ScaleRun.Run(
            site, new(given.GetValue(tenants), given.GetValue(models), given.GetValue(waiting), given.GetValue(due),
                given.GetValue(concurrency), given.GetValue(worker)), cancellation), cancellation));
        return command;
    }

    static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}

/// <summary>The numbers of each.</summary>
sealed record ScaleSize(int Tenants, int Models, int Waiting, int Due, int Concurrency, string? Program);
