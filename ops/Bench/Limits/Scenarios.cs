namespace OpenAIWorker.Bench.Limits;

/// <summary>All scenarios.</summary>
static class Scenarios
{
    const int Requests = 600;
    const int Tokens = 60_000;
    static readonly Setup Known = new() { Limit = Setup.PerMinute(requests: Requests) };

    public static IReadOnlyList<Scenario> All(int backlog) =>
    [
        Drain.Of("a", "600 RPM, known", Known, Prompts.Even(600)),
        Drain.Of("b", "60,000 TPM, known, jobs of 25 to 500 tokens", new() { Limit = Setup.PerMinute(tokens: Tokens) },
            Prompts.Uneven(380, smallest: 25)),
        Drain.Of("c", "600 RPM and 60,000 TPM, known, jobs of 20 to 400 tokens",
            new() { Limit = Setup.PerMinute(Requests, Tokens) }, Prompts.Uneven(470, smallest: 20)),
        Drain.Of("d", "600 RPM, unknown", Known with { IsTold = false }, Prompts.Even(600)),
        Drain.Of("e", "600 RPM, known, 300 after 30 s", Known, Prompts.Even(500),
            stage => stage.Limit(Setup.PerMinute(requests: Requests / 2))),
        Drain.Of("f", "600 RPM, known", Known, Prompts.Even(600)),
        Drain.Of("f", "600 RPM, known", Known with { Workers = 2 }, Prompts.Even(600)),
        Drain.Of("f", "600 RPM, known", Known with { Workers = 4 }, Prompts.Even(600)),
        Drain.Of("f", "600 RPM, known", Known with { Workers = 8 }, Prompts.Even(600)),
        Drain.Of("f", "600 RPM, known, a worker killed after 30 s", Known with { Workers = 8 }, Prompts.Even(600),
            stage => stage.Workers[0].Kill()),
        Mixed.Scenario(Known, limited: 2_000),
        Tenants.Scenario(Known, greedy: 2_000, others: 200),
        Tenants.Scenario(Known with { Limit = Setup.PerMinute(requests: 2 * Requests) }, greedy: 2_000, others: 200),
        Rounds.Scenario(Known, tenants: 5, each: 200),
        Rounds.Scenario(Known, tenants: 20, each: 50),
        Rounds.Scenario(Known, tenants: 100, each: 10),
        Rounds.Scenario(Known, tenants: 1_000, each: 5),
        Rounds.Scenario(Known, tenants: 1_000, each: 5, inTurn: false),
        Rounds.Weighted(Known, tenants: 20, each: 100, weight: 4),
        Backlog.Scenario(Known, backlog),
        .. Untold.All,
    ];
}
