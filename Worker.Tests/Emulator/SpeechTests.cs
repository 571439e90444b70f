namespace OpenAIWorker.Tests.Emulator;

public sealed class SpeechTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Theory]
    [InlineData("", "audio/mpeg", "417")]
    [InlineData(",\"response_format\":\"wav\"", "audio/wav", "4844")]
    [InlineData(",\"response_format\":\"pcm\",\"voice\":{\"id\":\"voice_1\"}", "audio/pcm", "4800")]
    public async Task Sound_comes_in_the_format_that_was_asked_for(string fields, string type, string length)
    {
        var answer = await Speak(fields.Contains("voice", StringComparison.Ordinal)
            ? fields
            : $",\"voice\":\"alloy\"{fields}");

        Assert.Equal((200, type, length),
            (answer.Status, answer.Headers["Content-Type"], answer.Headers["Content-Length"]));
    }

    [Theory]
    [InlineData("", "missing_required_parameter", "voice")]
    [InlineData(",\"voice\":\"nobody\"", "invalid_value", "voice")]
    [InlineData(",\"voice\":\"alloy\",\"speed\":0.2", "decimal_below_min_value", "speed")]
    [InlineData(",\"voice\":\"alloy\",\"speed\":4.5", "decimal_above_max_value", "speed")]
    [InlineData(",\"voice\":\"alloy\",\"response_format\":\"midi\"", "invalid_value", "response_format")]
    [InlineData(",\"voice\":\"alloy\",\"stream_format\":\"sse\"", "unsupported_value", "stream_format")]
    [InlineData(",\"voice\":\"alloy\",\"language\":\"en\"", "unknown_parameter", "language")]
    public async Task Request_outside_its_table_is_refused(string fields, string code, string param)
    {
        var answer = await Speak(fields);

        Assert.Equal((400, code, param), (answer.Status, answer.Code, answer.Param));
    }

    [Fact]
    public async Task Long_text_is_refused_by_its_characters()
    {
        Assert.Equal("string_above_max_length",
            (await Post($$"""{"model":"m","voice":"alloy","input":"{{new string('x', 4_097)}}"}""")).Code);
        Assert.Equal(200,
            (
                await Post(
                    $$"""{"model":"m","voice":"alloy","input":"{{string.Concat(Enumerable.Repeat("🎺", 4_096))}}"}""")).Status);
    }

    [Fact]
    public async Task Broken_sound_is_an_empty_body() =>
        Assert.Equal((200, ""), await Post("""{"model":"m+broken","voice":"alloy","input":"Hello"}""") is var answer
            ? (answer.Status, answer.Text)
            : default);

    Task<Answered> Speak(string fields) => Post($$"""{"model":"m","input":"Hello"{{fields}}}""");

    Task<Answered> Post(string json) => shared.Driver.Post("/v1/audio/speech", json);
}
