using System.Globalization;
using CsCheck;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>
/// How long a run takes, and what is generated in it: each job follows from the seed and its own number. From the
/// environment: <c>FUZZ_SECONDS</c>, <c>FUZZ_SEED</c>, and <c>FUZZ_JOB</c>, which sends only one job. A longer run
/// generates other jobs each time.
/// </summary>
sealed record FuzzPlan(TimeSpan Time, ulong Seed, uint? Only)
{
    // A change is compared with the jobs of the change before it.
    const ulong UsualSeed = 21;

    public static FuzzPlan Of(TimeSpan usual) => new(
        Number("FUZZ_SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : usual,
        Number("FUZZ_SEED") ?? (Number("FUZZ_SECONDS") is null
            ? UsualSeed
            : (ulong)Random.Shared.NextInt64(1_000_000_000)),
        (uint?)Number("FUZZ_JOB"));

    public T Make<T>(Gen<T> any, uint number) => any.Generate(new PCG(number, Seed), null, out _);

    /// <summary>How to send the job again.</summary>
    public string Again(uint number) => $"FUZZ_SEED={Seed} FUZZ_JOB={number}";

    static ulong? Number(string variable) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? number : null;
}
