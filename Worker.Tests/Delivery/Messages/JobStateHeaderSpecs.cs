using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Delivery.Messages;

public sealed class JobStateHeaderSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public void What_is_written_is_read_again(int length)
    {
        var state = new JobState
        {
            Step = 3,
            Rounds = 2,
            Background = new("resp_1", DateTimeOffset.UnixEpoch),
            Calls = [new(new() { Id = "a", Name = "weather", Arguments = "{}" },
                "call_1") { Due = DateTimeOffset.UnixEpoch, Answer = new('x', length) },
                    new(new() { Id = "b", Name = "traffic", Arguments = "{}" }, "call_2")],
            Said = [new() { Text = "Hello" }],
            Earlier = new()
            {
                Files = [new() { ContentType = "text/plain", FileName = "a.txt", Base64 = "eA==",
                Length = 1, Sha256 = "00" }],
                Other = [JsonElement.Parse("""{"type":"web_search_call"}""")],
                Reasoning = "hm"
            },
        };

        var text = JobStateHeader.Write(state);

        Assert.Equal(Json(state), Json(JobStateHeader.Read(text)));
        Assert.InRange(text.Length, 1, 2_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"step":"many"}""")]
    [InlineData("[1]")]
    [InlineData("not base64!")]
    [InlineData("bm90IGJyb3RsaQ==")]
    public void Nonsense_is_no_state(string text) => Assert.Null(JobStateHeader.Read(text));

    [Fact]
    public void A_small_header_does_not_become_a_large_state()
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes($$"""{"previousResponseId":"{{new string('x', 8 * 1024 * 1024)}}"}"""));

        Assert.InRange(packed.Length, 1, 1_000);
        Assert.Null(JobStateHeader.Read(Convert.ToBase64String(packed.ToArray())));
    }

    [Fact]
    public void Everything_that_is_written_can_be_read_and_no_round_is_lost() =>
        States.Sample(state =>
        {
            if (StateBound.Fitted(state) is not { } fitted)
                return;
            var text = JobStateHeader.Write(fitted);
            Assert.InRange(text.Length, 1, JobStateHeader.Longest);
            Assert.Equal(Json(fitted), Json(JobStateHeader.Read(text)));
            Assert.Equal((state.Rounds, state.Step, state.Calls!.Count),
                (fitted.Rounds, fitted.Step, fitted.Calls!.Count));
            Assert.Equal(state.Calls.Select(call => call.Id), fitted.Calls.Select(call => call.Id));
        }, iter: 60);

    [Fact]
    public void Long_answers_give_way_and_short_ones_stay()
    {
        var state = new JobState
        {
            Rounds = 7,
            Calls = [.. Enumerable.Range(0, 100).Select(number => Called(number, new('x', 60_000))),
                Called(100, "short")]
        };

        var fitted = StateBound.Fitted(state)!;

        Assert.Equal("short", fitted.Calls![^1].Answer);
        Assert.Contains("left out", fitted.Calls[0].Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_had_again_gives_way_before_any_answer()
    {
        var noise = JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["type"] = "reasoning", ["encrypted_content"] = Noise(1, 240_000) });
        var state = new JobState
        {
            Rounds = 1,
            Calls = [Called(0, new('x', 60_000))],
            Assistant = JsonElement.Parse("""{"id":"asst_1"}"""),
            Items = [[noise]]
        };

        var fitted = StateBound.Fitted(state)!;

        Assert.Null(fitted.Items);
        Assert.Equal(60_000, fitted.Calls![0].Answer!.Length);
    }

    [Fact]
    public void What_a_provider_demands_back_gives_way_after_the_answers()
    {
        var message = JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["role"] = "assistant", ["reasoning_content"] = Noise(1, 100_000) });
        var state = new JobState
        {
            Rounds = 1,
            Calls = [Called(0, Noise(2, 60_000)), Called(1, Noise(3, 60_000)), Called(2, Noise(4, 60_000))],
            Items = [[message]]
        };

        var fitted = StateBound.Fitted(state)!;

        Assert.NotNull(fitted.Items);
        Assert.Contains("left out", fitted.Calls![0].Answer, StringComparison.Ordinal);
        Assert.Null(StateBound.Fitted(state with
        {
            Items = [[message,
                .. Enumerable.Range(0, 4)
                .Select(seed =>
                    JsonSerializer.SerializeToElement(
                        new Dictionary<string, string> { ["role"] = Noise(seed, 100_000) }))]]
        })!.Items);
    }

    [Fact]
    public void A_state_of_an_earlier_build_is_read()
    {
        var state = JobStateHeader.Read(
            """{"step":2,"rounds":1,"calls":[],"said":[{"role":"assistant","text":"Hi"}]}""")!;

        Assert.Equal((1, "Hi"), (state.Rounds, state.Said![0].Text));
        Assert.Null(state.Earlier);
    }

    // Answers that compress well, and answers that do not compress at all.
    static readonly Gen<JobState> States =
        from rounds in Gen.Int[0, 100]
        from lengths in Gen.Int[0, 65_536].Array[0, 120]
        from packs in Gen.Bool
        select new JobState
        {
            Rounds = rounds,
            Step = 2 * rounds,
            Calls = [.. lengths.Select((length, index) =>
                Called(index, packs ? new string('x', length) : Noise(index, length)))]
        };

    static OpenCall Called(int number, string answer) =>
        new(new() { Id = $"c{number}", Name = "f", Arguments = "{}" }, $"call_{number}") { Answer = answer };

    static string Noise(int seed, int length)
    {
        var bytes = new byte[length / 2];
        new Random(seed).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    static string Json(JobState? state) => JsonSerializer.Serialize(state, JobStateJson.Default.JobState!);
}
