namespace OpenAIWorker.Tests.Emulator;

public sealed class RecordingTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Theory]
    [InlineData("transcriptions", "m", "response_format=verbose_json&timestamp_granularities[]=word", "words")]
    [InlineData("transcriptions", "whisper-1", "response_format=verbose_json", "segments")]
    [InlineData("transcriptions", "gpt-4o-transcribe-diarize", "response_format=diarized_json", "segments")]
    [InlineData("translations", "whisper-1", "response_format=verbose_json", "segments")]
    public async Task Answer_has_what_its_format_promises(string endpoint, string model, string fields, string member)
    {
        var json = (await Post(endpoint, model, "call.mp3", fields)).Json;

        Assert.NotEqual(0, json.GetProperty(member).GetArrayLength());
        Assert.Equal(member == "words", !json.TryGetProperty("segments", out _));
        Assert.Equal(5, json.GetProperty("duration").GetDouble());
        Assert.Equal(model == "whisper-1" ? "duration" : "tokens",
            json.GetProperty("usage").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("transcriptions", "m", "call.doc", "", null, "file")]
    [InlineData("transcriptions", "m", "call", "", null, "file")]
    [InlineData("transcriptions", "", "call.mp3", "", "empty_string", "model")]
    [InlineData("transcriptions", "m", "call.mp3", "temperature=1.1", "decimal_above_max_value", "temperature")]
    [InlineData("transcriptions", "m", "call.mp3", "temperature=warm", "invalid_type", "temperature")]
    [InlineData("transcriptions", "m", "call.mp3", "response_format=xml", "invalid_value", "response_format")]
    [InlineData("transcriptions", "m", "call.mp3", "timestamp_granularities[]=word", "invalid_value",
        "timestamp_granularities")]
    [InlineData("transcriptions", "m", "call.mp3", "timestamp_granularities=word", "invalid_type",
        "timestamp_granularities")]
    [InlineData("transcriptions", "m", "call.mp3", "stream=true", "unsupported_value", "stream")]
    [InlineData("transcriptions", "m", "call.mp3", "voice=alloy", "unknown_parameter", "voice")]
    [InlineData("transcriptions", "whisper-1", "call.mp3", "response_format=diarized_json", "unsupported_value",
        "response_format")]
    [InlineData("transcriptions", "gpt-4o-transcribe", "call.mp3", "response_format=srt", "unsupported_value",
        "response_format")]
    [InlineData("transcriptions", "gpt-4o-transcribe-diarize", "call.mp3", "response_format=vtt", "unsupported_value",
        "response_format")]
    [InlineData("translations", "m", "call.doc", "", null, "file")]
    [InlineData("translations", "m", "call.mp3", "language=fi", "unknown_parameter", "language")]
    [InlineData("translations", "m", "call.mp3", "response_format=diarized_json", "invalid_value", "response_format")]
    public async Task Form_outside_its_table_is_refused(string endpoint, string model, string file, string fields,
        string? code, string param)
    {
        var answer = await Post(endpoint, model, file, fields);

        Assert.Equal((400, code, param), (answer.Status, answer.Code, answer.Param));
    }

    async Task<Answered> Post(string endpoint, string model, string file, string fields)
    {
        using var form = Forms.Of($"model={model}&{fields}", ("file", file));
        return await shared.Driver.Post($"/v1/audio/{endpoint}", form);
    }
}
