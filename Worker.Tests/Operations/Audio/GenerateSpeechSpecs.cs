using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Audio;

public class GenerateSpeechSpecs
{
    [Fact]
    public async Task Model_text_and_voice_are_all_that_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var spoken = await worker.Answer(Messages.Speech);

        JsonAssert.Same("""{"model":"m","input":"Hello","voice":"alloy"}""", worker.OnlyCall.Body);
        Assert.Equal(("POST", "/v1/audio/speech"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Equal(("audio/mpeg", "speech.mp3", 417, null),
            (spoken.Audio!.ContentType, spoken.Audio.FileName, spoken.Audio.Length, spoken.Audio.Payload));
        Assert.Equal([0xFF, 0xFB], Convert.FromBase64String(spoken.Audio.Base64!)[..2]);
        Assert.StartsWith("req_", spoken.RequestId);
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Speech with { Instructions = "Whisper.", ResponseFormat = "wav", Speed = 1.5 });

        JsonAssert.Same(
            """{"model":"m","input":"Hello","voice":"alloy","instructions":"Whisper.","response_format":"wav","spe"""
                + """ed":1.5}""", worker.OnlyCall.Body);
    }

    [Theory]
    [InlineData("opus", "audio/opus", "OggS")]
    [InlineData("flac", "audio/flac", "fLaC")]
    [InlineData("wav", "audio/wav", "RIFF")]
    [InlineData("aac", "audio/aac", "\u00ff\u00f1")]
    [InlineData("pcm", "audio/pcm", "\0\0")]
    public async Task Sound_has_the_type_and_the_name_of_its_format(string format, string type, string start)
    {
        await using var worker = await EmbeddedWorker.Start();

        var audio = (await worker.Answer(Messages.Speech with { ResponseFormat = format })).Audio!;

        Assert.Equal((type, $"speech.{format}"), (audio.ContentType, audio.FileName));
        Assert.StartsWith(start, Encoding.Latin1.GetString(Convert.FromBase64String(audio.Base64!)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_sound_goes_to_the_store()
    {
        using var folder = new PayloadFolder();
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}",
            "--Payloads:InlineLimit=1024");

        var audio = (await worker.Answer(Messages.Speech with { ResponseFormat = "wav" })).Audio!;

        Assert.Null(audio.Base64);
        Assert.Equal((4_844, "audio/wav", "speech.wav", audio.Sha256),
            (audio.Payload!.Length, audio.Payload.ContentType, audio.Payload.FileName, audio.Payload.Sha256));
        Assert.Equal(4_844, new FileInfo(Path.Combine(folder.Path, Assert.Single(folder.Files))).Length);
    }

    [Fact]
    public async Task Letters_that_are_two_in_UTF16_count_once()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Speech with { Text = string.Concat(Enumerable.Repeat("🎺", 4_096)) });

        Assert.Equal(200, worker.OnlyCall.Status);
    }

    [Fact]
    public async Task Voice_that_the_provider_does_not_know_is_its_to_refuse()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(Messages.Speech with { Voice = "nobody" });

        Assert.Equal((FailureCodes.InvalidRequest, "voice", 400),
            (failure.Code, failure.Member, failure.Status!.Value));
    }

    [Fact]
    public async Task Own_voice_goes_through_extra()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Speech with
        {
            Voice = null,
            Extra = new Dictionary<string, JsonElement>
            {
                ["voice"] = JsonElement.Parse(
                    """{"id":"voice_1"}""")
            }
        });

        JsonAssert.Same("""{"id":"voice_1"}""", worker.OnlyCall.Body.GetProperty("voice"));
    }
}
