using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Audio;

public class TranslateAudioSpecs
{
    [Fact]
    public async Task Model_and_recording_are_all_that_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Translation);

        JsonAssert.Same($$"""{"model":"m","file":{{Spoken.File}}}""", worker.OnlyCall.Body);
        Assert.Equal(("POST", "/v1/audio/translations"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Equal((Spoken.Text, null, null), (heard.Text, heard.DurationSeconds, heard.Segments));
        Assert.StartsWith("req_", heard.RequestId);
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Translation with
        {
            Model = "whisper-1",
            Prompt = "Turku",
            ResponseFormat = "verbose_json",
            Temperature = 1
        });

        JsonAssert.Same(
            $$"""{"model":"whisper-1","prompt":"Turku","response_format":"verbose_json","temperature":"1","file":{{Spoken.File}}}""", worker.OnlyCall.Body);
        Assert.Equal((Spoken.Text, "english", 5.0, 2),
            (heard.Text, heard.Language, heard.DurationSeconds!.Value, heard.Segments!.Count));
        Assert.Equal(5, heard.Usage!.AudioSeconds);
    }

    [Fact]
    public async Task Subtitles_come_as_text()
    {
        await using var worker = await EmbeddedWorker.Start();

        Assert.StartsWith("WEBVTT", (await worker.Answer(Messages.Translation with { ResponseFormat = "vtt" })).Text);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Translation with { Simplify = false });

        Assert.Equal((Spoken.Text, null), (heard.Raw!.Value.GetProperty("text").GetString(), heard.Text));
    }
}
