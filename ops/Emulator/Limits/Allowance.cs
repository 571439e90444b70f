namespace OpenAIWorker.Emulator.Limits;

/// <summary>What the rate limit headers say about a key and a model.</summary>
readonly record struct Allowance(Quota Requests, Quota Tokens, ToldLimits Tells = ToldLimits.All)
{
    /// <summary>The limit and the remainder if no limit is set.</summary>
    public const long Endless = 1_000_000_000;

    public static readonly Allowance Unlimited = new(Quota.Unlimited, Quota.Unlimited);
}
