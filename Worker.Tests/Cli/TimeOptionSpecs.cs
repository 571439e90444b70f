using OpenAIWorker.Cli.CommandLine;

namespace OpenAIWorker.Tests.Cli;

public sealed class TimeOptionSpecs
{
    [Theory]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("1.5h", 5400)]
    [InlineData("1d12h", 129_600)]
    [InlineData("1h30m5s", 5405)]
    [InlineData("00:30:00", 1800)]
    public void A_time_is_read_as_people_write_it(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeOption.Read(text));

    [Theory]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("5m2h")]
    [InlineData("-1h")]
    [InlineData("2 hours")]
    [InlineData("00:30")]
    public void What_can_be_read_in_two_ways_is_none(string text) => Assert.Null(TimeOption.Read(text));
}
