using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Bench.Limits;

/// <summary>
/// Providers that count tokens otherwise than the worker, and tell little or nothing of their limits. Jobs of 40 to 220
/// tokens, and as many as 90 s let through.
/// </summary>
static class Untold
{
    const int Requests = 600;
    const int FarRequests = 10_000;
    const int Tokens = 60_000;
    const int Smallest = 40;
    const double Ratio = 5.5;
    static readonly TokenCount Plain = new();
    static readonly TokenCount More = new(Factor: 1.35);
    static readonly TokenCount Longer = new(Overhead: 30);

    public static IReadOnlyList<Scenario> All =>
    [
        OfTokens("j", "untold, no headers", Plain, ToldLimits.Nothing, false, 740),
        OfTokens("j", "× 1.35, untold, no headers", More, ToldLimits.Nothing, false, 570),
        OfTokens("j", "+ 30, untold, no headers", Longer, ToldLimits.Nothing, false, 590),
        OfTokens("j", "× 1.35, untold, headers of requests", More, ToldLimits.Requests, false, 570),
        OfTokens("j", "untold, headers", Plain, ToldLimits.All, false, 740),
        OfTokens("j", "× 1.35, untold, headers", More, ToldLimits.All, false, 570),
        OfTokens("k", "× 1.35, stated, no headers", More, ToldLimits.Nothing, true, 570),
        OfTokens("k", "+ 30, stated, no headers", Longer, ToldLimits.Nothing, true, 590),
        OfTokens("k", "+ 30, stated, headers", Longer, ToldLimits.All, true, 590),
        OfRequests("headers", ToldLimits.All, workers: 4),
        OfRequests("no headers", ToldLimits.Nothing, workers: 1),
        OfRequests("no headers", ToldLimits.Nothing, workers: 4),
    ];

    static Scenario OfTokens(string letter, string what, TokenCount count, ToldLimits tells, bool isTold, int jobs) =>
        Drain.Of(letter, $"60,000 TPM {what}",
            new()
            {
                Limit = Setup.PerMinute(tells == ToldLimits.Requests ? FarRequests : null, Tokens) with
                {
                    Count = count,
                    Tells = tells,
                },
                IsTold = isTold,
            }, Prompts.Uneven(jobs, Smallest, Ratio));

    // Jobs alike: which limit it was, the refusals do not say.
    static Scenario OfRequests(string what, ToldLimits tells, int workers) => Drain.Of("l", $"600 RPM untold, {what}",
        new() { Limit = Setup.PerMinute(Requests) with { Tells = tells }, IsTold = false, Workers = workers },
        Prompts.Even(900));
}
