using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Tests.Limits;

public sealed class TokensSpecs
{
    // With quadratic time it would take minutes, even on an idle machine.
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Texts =>
    [
        new string('a', 1_000_000), new string(' ', 1_000_000), new string('\n', 1_000_000), new string('1', 1_000_000),
        new string('!', 1_000_000),
        string.Concat(Enumerable.Repeat("a ", 500_000)), string.Concat(Enumerable.Repeat(" \n", 500_000)),
        string.Concat(Enumerable.Repeat("'s", 500_000)),
        string.Concat(Enumerable.Repeat("字", 1_000_000)),
        string.Concat(Enumerable.Repeat($"{new string('z', 1_999)} ", 500)),
    ];

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void No_text_takes_long_to_count(string text)
    {
        Tokens.In("The first text loads the encoding.");
        var began = TimeProvider.System.GetTimestamp();

        Assert.InRange(Tokens.In(text), 1, text.Length);

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Long);
    }
}
