using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>What the worker writes, as ASP.NET Core's reader understands it.</summary>
public sealed class MultipartBodySpecs
{
    static readonly UploadFile Request = new();

    static UploadFile With(string extra) =>
        Request with
        {
            Extra = JsonElement.Parse(extra).EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value)
        };

    [Theory]
    [InlineData("call.mp3", "call.mp3")]
    [InlineData("déjà vu 会议 🎺.mp3", "déjà vu 会议 🎺.mp3")]
    [InlineData("so \"called\".mp3", "so %22called%22.mp3")]
    [InlineData("two\r\nlines.mp3", "two%0D%0Alines.mp3")]
    [InlineData("a\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nevil",
        "a%0D%0A%0D%0A--x%0D%0AContent-Disposition: form-data; name=%22purpose%22%0D%0A%0D%0Aevil")]
    [InlineData("semi;colon=1.mp3", "semi;colon=1.mp3")]
    public async Task File_keeps_its_name_and_cannot_leave_its_line(string name, string told)
    {
        var part = Assert.Single(await Read(new(Request) { { "file", Bytes("sound"), name, "audio/mpeg", 5 } }));

        Assert.Equal(new Part("file", told, "audio/mpeg", "sound"), part);
    }

    [Theory]
    [InlineData("with \"quotes\"", "with %22quotes%22")]
    [InlineData("with\r\nlines", "with%0D%0Alines")]
    [InlineData("timestamp_granularities[]", "timestamp_granularities[]")]
    public async Task Field_cannot_leave_its_name(string name, string told) =>
        Assert.Equal(new Part(told, null, null, "value"),
            Assert.Single(await Read(new(Request) { { name, "value" } })));

    [Theory]
    [InlineData("")]
    [InlineData("line\r\nline\n")]
    [InlineData("--\r\n--openai-worker-\r\n")]
    [InlineData("ünï 会议 \0")]
    public async Task Value_comes_as_it_is(string value) =>
        Assert.Equal(new Part("prompt", null, null, value),
            Assert.Single(await Read(new(Request) { { "prompt", value } })));

    [Fact]
    public async Task Content_type_cannot_start_a_head_of_its_own() => Assert.Equal(
        new Part("file", "a", "audio/mpegX-Evil: 1", "x"),
        Assert.Single(await Read(new(Request) { { "file", Bytes("x"), "a", "audio/mpeg\r\nX-Evil: 1", 1 } })));

    [Fact]
    public async Task What_is_null_is_left_out_and_the_rest_keeps_its_order()
    {
        var parts = await Read(new(Request)
        {
            { "a", (string?)null }, { "b", 0.5 }, { "c", (bool?)null }, { "d", true }, { "e", (IFormattable?)null },
                { "f[]", ["1", "2"] }, { "g[]", (IEnumerable<string>?)null },
        });

        Assert.Equal(["b=0.5", "d=true", "f[]=1", "f[]=2"], parts.Select(part => $"{part.Name}={part.Value}"));
    }

    [Fact]
    public async Task Numbers_are_written_alike_everywhere()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;

        Assert.Equal("0.5", Assert.Single(await Read(new(Request) { { "temperature", 0.5 } })).Value);
    }

    [Theory]
    [InlineData("""{"known_speaker_names":["Ada","Bo"]}""", "known_speaker_names[]=Ada known_speaker_names[]=Bo")]
    [InlineData("""{"known_speaker_names[]":["Ada","Bo"]}""", "known_speaker_names[]=Ada known_speaker_names[]=Bo")]
    [InlineData("""{"languages":["de"]}""", "languages[]=de")]
    [InlineData("""{"chunking_strategy":"auto"}""", "chunking_strategy=auto")]
    [InlineData("""{"chunking_strategy":{"type":"server_vad","threshold":0.5}}""",
        "chunking_strategy[type]=server_vad chunking_strategy[threshold]=0.5")]
    [InlineData("""{"expires_after":{"anchor":"created_at","seconds":3600}}""",
        "expires_after[anchor]=created_at expires_after[seconds]=3600")]
    [InlineData("""{"expires_after[seconds]":3600}""", "expires_after[seconds]=3600")]
    [InlineData("""{"nothing":null,"none":[],"empty":{},"truth":true}""", "truth=true")]
    [InlineData("""{"steps":[{"at":1},{"at":[2,3]}]}""", "steps[][at]=1 steps[][at][]=2 steps[][at][]=3")]
    public async Task Arrays_and_objects_of_extra_become_the_fields_that_the_API_expects(string extra, string fields) =>
        Assert.Equal(fields, string.Join(' ',
            (await Read(new(With(extra)))).Select(part => $"{part.Name}={part.Value}")));

    [Fact]
    public async Task What_extra_says_as_well_is_said_once()
    {
        var parts = await Read(new(With("""{"prompt":"A hat","seconds[]":[1,2]}""")) { { "prompt", "A hat" },
            { "seconds[]", ["1", "2"] }, { "model", "m" } });

        Assert.Equal(["prompt=A hat", "seconds[]=1", "seconds[]=2", "model=m"],
            parts.Select(part => $"{part.Name}={part.Value}"));
    }

    [Theory]
    [InlineData("""{"purpose":"vision"}""", "extra.purpose is vision, but purpose is batch.")]
    [InlineData("""{"purpose":["batch"]}""", "extra.purpose[] is batch, but purpose is batch.")]
    [InlineData("""{"expires_after":{"seconds":7200}}""",
        "extra.expires_after[seconds] is 7200, but expiresAfter is 3600.")]
    [InlineData("""{"expires_after":"never"}""", "extra.expires_after is never, but expiresAfter is 3600.")]
    [InlineData("""{"file":"mine"}""", "extra.file is mine, but file is the file a.txt.")]
    public void What_extra_says_differently_is_refused_and_both_are_named(string extra, string says)
    {
        var failure = Assert.Throws<FailureException>(() => new MultipartBody(With(extra))
        {
            { "purpose", "batch" }, { "expires_after[seconds]", 3600 },
                { "file", Bytes("x"), "a.txt", "text/plain", 1 },
        }).Failure;

        Assert.Equal(FailureCodes.InvalidRequest, failure.Code);
        Assert.StartsWith(says, failure.Message);
    }

    [Fact]
    public async Task Several_files_of_one_field_follow_each_other()
    {
        var parts = await Read(new(Request) { { "image[]", Bytes("one"), "1.png", "image/png", 3 },
            { "image[]", Bytes(""), "2.png", "image/png", 0 } });

        Assert.Equal([new("image[]", "1.png", "image/png", "one"), new("image[]", "2.png", "image/png", "")], parts);
    }

    [Fact]
    public void Length_is_unknown_where_a_file_does_not_know_its_own() =>
        Assert.False(new MultipartBody(Request) { { "file", Bytes("x"), "a", "audio/mpeg", null } }
            .TryComputeLength(out _));

    static async Task<IReadOnlyList<Part>> Read(MultipartBody body)
    {
        using var written = new MemoryStream();
        await body.WriteToAsync(written, TestContext.Current.CancellationToken);
        if (body.TryComputeLength(out var length))
            Assert.Equal(length, written.Length);
        written.Position = 0;
        var reader = new MultipartReader(MediaTypeHeaderValue.Parse(body.MediaType).Boundary.Value!, written);
        var parts = new List<Part>();
        while (await reader.ReadNextSectionAsync(TestContext.Current.CancellationToken) is { } section)
            parts.Add(await Part.Of(section));
        return parts;
    }

    static MemoryStream Bytes(string text) => new(Encoding.ASCII.GetBytes(text));

    sealed record Part(string Name, string? FileName, string? ContentType, string Value)
    {
        public static async Task<Part> Of(MultipartSection section)
        {
            var said = section.GetContentDispositionHeader()!;
            return new(Plain(said.Name)!, Plain(said.FileName), section.ContentType,
                await section.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        static string? Plain(Microsoft.Extensions.Primitives.StringSegment text) =>
            text.HasValue ? HeaderUtilities.RemoveQuotes(text).Value : null;
    }
}
