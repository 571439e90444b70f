namespace OpenAIWorker.Emulator.Limits;

/// <summary>Reset is the time until the bucket is full again.</summary>
readonly record struct Quota(long Limit, long Remaining, TimeSpan Reset)
{
    public static readonly Quota Unlimited = new(Allowance.Endless, Allowance.Endless, TimeSpan.Zero);
}
