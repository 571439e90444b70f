using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator.Control;

/// <summary>The body of PUT /_emulator/limits. Rpm or Tpm null: no limit.</summary>
sealed record LimitSetting(
    int? Rpm, int? Tpm, double BurstSeconds = 60, bool CountsDenied = false, string Model = RateLimits.EveryModel)
{
    public RateLimit ToLimit() => new()
    {
        RequestsPerMinute = Rpm,
        TokensPerMinute = Tpm,
        Burst = TimeSpan.FromSeconds(BurstSeconds),
        CountsDenied = CountsDenied,
    };
}
