using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Tests.Upstream;

public sealed class GoDurationSpecs
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("1s", 1_000)]
    [InlineData("120ms", 120)]
    [InlineData("6m0s", 360_000)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData("250us", 0.25)]
    [InlineData("250µs", 0.25)]
    [InlineData("500000ns", 0.5)]
    public void Every_unit_that_Go_prints_is_understood(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("1.s")]
    [InlineData(".5s")]
    [InlineData("1.2.3s")]
    [InlineData("1msms")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1s later")]
    [InlineData("soon")]
    [InlineData("99999999999999999999h")]
    public void Nonsense_is_no_duration(string? text) => Assert.Null(GoDuration.Parse(text));
}
