using System.CommandLine;

namespace OpenAIWorker.Bench.Limits;

/// <summary><c>limits</c>: how well the provider's limits are used and kept.</summary>
static class LimitsCommand
{
    const string Description = """
        Prints how well workers use the provider's limits, and how often they run into them.

        Every scenario has its own emulator (100 ms a call, a burst of 1 s), its own worker processes, and queues of its own on one broker. What is
        counted is what the emulator saw: utilisation is accepted ÷ (limit × time) from the first accepted call to the last, beside it the same over the
        middle 80 % of the time; 429s are per 1,000 accepted calls, beside it the same after the first 10 seconds. Most scenarios take 100 s at most, the largest of h 10 minutes.
        Parks are the waits of the results.
        """;

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var only = new Option<string?>(
            "--only")
        { Description = "Letters of scenarios, joined by commas: a,f. Default: all." };
        var saying = new Option<string?>(
            "--saying")
        { Description = "Only scenarios whose description contains this: '1,000 tenants'." };
        var repeat = new Option<int>("--repeat")
        {
            Description = "Runs of each scenario; the medians are printed.",
            DefaultValueFactory = _ => 1
        };
        var backlog = new Option<int>("--backlog")
        {
            Description = "The jobs of scenario i.",
            DefaultValueFactory = _ => 10_000
        };
        var noLimits = new Option<bool>(
            "--no-limits")
        { Description = "The workers are not told of limits and tenants." };
        var known = Scenarios.All(0);
        only.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>()?.Split(',').Except(known.Select(scenario => scenario.Letter))
                .FirstOrDefault() is { } stranger)
                given.AddError(
                    $"There is no scenario '{stranger}'. There are "
                        + $"{string.Join(", ", known.Select(scenario => scenario.Letter).Distinct())}.");
        });
        repeat.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 1)
                given.AddError("--repeat must be 1 or more.");
        });
        var contents = string.Join('\n', known.Select(scenario => $"{scenario.Letter}  {scenario.What}").Distinct());
        var command = new Command("limits", $"{Description}\n\n{contents}") { image, only, saying, repeat, backlog,
            noLimits };
        command.SetAction((given, cancellation) => Site.Use(
            given.GetValue(image)!, tellsLimits: !given.GetValue(noLimits),
            site =>
                LimitsRun.Run(site, Chosen(given.GetValue(backlog), given.GetValue(only), given.GetValue(saying)),
                    given.GetValue(repeat), cancellation),
            cancellation));
        return command;
    }

    static IReadOnlyList<Scenario> Chosen(int backlog, string? only, string? saying) =>
        [.. Scenarios.All(backlog)
            .Where(scenario => (only is null || only.Split(',').Contains(scenario.Letter))
                && scenario.What.Contains(saying ?? "", StringComparison.OrdinalIgnoreCase))];
}
