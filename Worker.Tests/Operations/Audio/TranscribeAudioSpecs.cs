using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Audio;

public class TranscribeAudioSpecs
{
    [Fact]
    public async Task Model_and_recording_are_all_that_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Transcription);

        JsonAssert.Same($$"""{"model":"m","file":{{Spoken.File}}}""", worker.OnlyCall.Body);
        Assert.Equal(("POST", "/v1/audio/transcriptions"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Equal((Spoken.Text, null, null), (heard.Text, heard.Language, heard.DurationSeconds));
        Assert.Equal((66, 51, 15, null),
            (heard.Usage!.TotalTokens, heard.Usage.InputTokens, heard.Usage.OutputTokens, heard.Usage.AudioSeconds));
        Assert.True(heard is { Segments: null, Words: null, Speakers: null, Raw: null });
        Assert.StartsWith("req_", heard.RequestId);
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(new TranscribeAudio
        {
            Model = "whisper-1",
            Audio = Messages.Sound with { FileName = "puhelu 1.wav", ContentType = "audio/x-wav" },
            Language = "fi",
            Prompt = "Turku, Tampere",
            ResponseFormat = "verbose_json",
            Timestamps = ["word", "segment"],
            Temperature = 0.2,
            Extra = new Dictionary<string, JsonElement> { ["chunking_strategy"] = JsonElement.Parse("\"auto\"") },
        });

        JsonAssert.Same($$"""
            {"model":"whisper-1","language":"fi","prompt":"Turku, Tampere","response_format":"verbose_json","timestamp_granularities":["word","segment"],
             "temperature":"0.2","chunking_strategy":"auto","file":{{OneByteFile.Json("puhelu 1.wav", "audio/x-wav")}}}
            """, worker.OnlyCall.Body);
        Assert.Equal((Spoken.Text, "english", 5.0, 5.0),
            (heard.Text, heard.Language, heard.DurationSeconds!.Value, heard.Usage!.AudioSeconds!.Value));
        Assert.Equal(new AudioSegment { StartSeconds = 3, EndSeconds = 5, Text = "And nothing is lost." },
            heard.Segments![1]);
        Assert.Equal((10, new AudioWord { StartSeconds = 0.5, EndSeconds = 1, Text = "broker" }),
            (heard.Words!.Count, heard.Words[1]));
        Assert.Null(heard.Speakers);
    }

    [Fact]
    public async Task Speakers_are_named_once_each()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Transcription with { ResponseFormat = "diarized_json" });

        Assert.Equal(["A", "B"], heard.Speakers);
        Assert.Equal(["A", "B"], heard.Segments!.Select(segment => segment.Speaker));
    }

    [Theory]
    [InlineData("text", Spoken.Text + "\n")]
    [InlineData("srt",
        "1\n00:00:00,000 --> 00:00:03,000\nThe broker holds everything that waits.\n\n2\n00:00:03,000 --> "
            + "00:00:05,000\nAnd nothing is lost.\n\n")]
    [InlineData("vtt",
        "WEBVTT\n\n00:00:00.000 --> 00:00:03.000\nThe broker holds everything that waits.\n\n00:00:03.000 --> "
            + "00:00:05.000\nAnd nothing is lost.\n\n")]
    public async Task Formats_that_are_no_JSON_come_as_text(string format, string text)
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Transcription with { ResponseFormat = format, Simplify = false });

        Assert.Equal((text, null), (heard.Text, heard.Raw));
        Assert.StartsWith("req_", heard.RequestId);
    }

    [Theory]
    [InlineData("status:500", FailureCodes.ProviderError)]
    [InlineData("cut-after", FailureCodes.Unreachable)]
    public async Task Formats_that_are_no_JSON_fail_like_the_others(string fault, string code)
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add(fault);

        var failure = await worker.Failure(Messages.Transcription with { ResponseFormat = "text", MaxRetries = 0 });

        Assert.Equal((code, FailureKind.Transient), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var heard = await worker.Answer(Messages.Transcription with { Simplify = false });

        Assert.Equal((Spoken.Text, null), (heard.Raw!.Value.GetProperty("text").GetString(), heard.Text));
        Assert.NotNull(heard.Usage);
    }

    [Fact]
    public async Task Recording_is_streamed_from_the_store()
    {
        using var folder = new PayloadFolder();
        var payload = await folder.Fill(1_000_003);
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}");

        await worker.Answer(new TranscribeAudio
        {
            Model = "m",
            Audio = new() { Payload = payload, FileName = "call.ogg" }
        });

        var file = worker.OnlyCall.Body.GetProperty("file");
        Assert.Equal(("call.ogg", 1_000_003, payload.Sha256),
            (file.GetProperty("filename").GetString(), file.GetProperty("bytes").GetInt32(),
                file.GetProperty("sha256").GetString()));
    }

    [Fact]
    public async Task Format_that_the_provider_does_not_know_is_its_to_refuse()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(
            Messages.Transcription with { Audio = Messages.Sound with { FileName = "call.doc" } });

        Assert.Equal((FailureCodes.InvalidRequest, FailureKind.Permanent, 400),
            (failure.Code, failure.Kind, failure.Status!.Value));
        Assert.Contains("Invalid file format", failure.Message);
    }
}
