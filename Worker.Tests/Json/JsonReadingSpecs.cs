using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Tests.Json;

public sealed class JsonReadingSpecs
{
    [Theory]
    [InlineData("11", 11)]
    [InlineData("11.0", 11)]
    [InlineData("\"11\"", 11)]
    [InlineData("11.6", 12)]
    [InlineData("-11.6", -12)]
    [InlineData("1e3", 1000)]
    [InlineData("1e30", null)]
    [InlineData("1e999", null)]
    [InlineData("\"many\"", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    public void A_number_is_whole_however_it_is_written(string json, int? number) =>
        Assert.Equal(number, JsonElement.Parse($$"""{"a":{{json}}}""").Number("a"));
}
