using System.Text;
using OpenAIWorker.Json;

namespace OpenAIWorker.Tests.Json;

public sealed class LenientJsonSpecs
{
    [Theory]
    [InlineData("{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ufffd\"}")]
    [InlineData("{\"a\":\"\\ude00\\ud83d\"}", "{\"a\":\"\\ufffd\\ufffd\"}")]
    [InlineData("{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\\ud83d\\ude00\"}")]
    [InlineData("{\"a\":\"\\\\ud83d\"}", "{\"a\":\"\\\\ud83d\"}")]
    [InlineData("{\"\\ud83d\":1}", "{\"\\ufffd\":1}")]
    [InlineData("\uFEFF{\"a\":1}", "{\"a\":1}")]
    [InlineData("[NaN, -Infinity, +Infinity, None, True, False]", "[null,null,null,null,true,false]")]
    [InlineData("[1e999]", "[1e999]")]
    [InlineData("{\"a\":\"NaN\",}", "{\"a\":\"NaN\"}")]
    [InlineData("{\"a\":1} trailing", "{\"a\":1}")]
    [InlineData("{\"a\":\"}\"}x", "{\"a\":\"}\"}")]
    [InlineData("{\"a\":\"b\\\"}x\",}", "{\"a\":\"b\\\"}x\"}")]
    public void What_a_strict_parser_refuses_is_read(string json, string same)
    {
        var read = LenientJson.Parse(Encoding.UTF8.GetBytes(json));
        using var open = LenientJson.Open(Encoding.UTF8.GetBytes(json));

        JsonAssert(same, read!.Value);
        JsonAssert(same, open!.RootElement);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("<html>")]
    [InlineData("{\"a\":\"b")]
    [InlineData("{\"a\":\"\\")]
    [InlineData("{\"a\":\"\\u12")]
    [InlineData("{a:1}")]
    public void What_is_no_JSON_stays_none(string json)
    {
        Assert.Null(LenientJson.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Null(LenientJson.Open(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void A_sound_answer_is_parsed_once_and_not_copied()
    {
        var json = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 1_000_000)}\"}}");
        LenientJson.Open(json)!.Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        LenientJson.Open(json)!.Dispose();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    static void JsonAssert(string right, System.Text.Json.JsonElement seen) =>
        Assert.Equal(System.Text.Json.JsonElement.Parse(right).GetRawText().Replace(" ", "", StringComparison.Ordinal),
            seen.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal));
}
