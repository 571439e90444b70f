using System.Security.Cryptography;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;

namespace OpenAIWorker.Tests.Payloads;

public sealed class ClaimCheckSpecs : IDisposable
{
    const long Most = 1_000;

    readonly PayloadFolder folder = new(new() { InlineLimit = 10 });

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_bytes_travel_inline()
    {
        var output = await Keep("ten bytes.");

        Assert.Equal(("dGVuIGJ5dGVzLg==", 10, Sha("ten bytes."), "text/plain", "a.txt"),
            (output.Base64, output.Length, output.Sha256, output.ContentType, output.FileName));
        Assert.Null(output.Payload);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task More_bytes_travel_by_claim_check()
    {
        var output = await Keep("eleven byte");

        Assert.Null(output.Base64);
        Assert.Equal(new()
        {
            Id = output.Payload!.Id,
            ContentType = "text/plain",
            FileName = "a.txt",
            Length = 11,
            Sha256 = Sha("eleven byte")
        }, output.Payload);
        Assert.Equal((11, Sha("eleven byte")), (output.Length, output.Sha256));
        Assert.Equal([output.Payload.Id], folder.Files);
    }

    [Fact]
    public async Task What_was_kept_can_be_sent()
    {
        var kept = await Keep("eleven byte");

        Assert.Equal(("eleven byte", "text/plain", "a.txt", 11), await Read(new() { Payload = kept.Payload }));
    }

    [Fact]
    public async Task Senders_name_and_type_go_first()
    {
        var kept = await Keep("eleven byte");

        Assert.Equal(("eleven byte", "audio/mpeg", "b.mp3", 11),
            await Read(new() { Payload = kept.Payload, FileName = "b.mp3", ContentType = "audio/mpeg" }));
    }

    [Theory]
    [InlineData("call.MP3", null, "audio/mpeg", "call.MP3")]
    [InlineData("data.strange", null, "application/octet-stream", "data.strange")]
    [InlineData(null, "image/png", "image/png", "file.png")]
    [InlineData(null, null, "application/octet-stream", "file")]
    public async Task Name_gives_the_type_and_type_the_name(string? name, string? type, string expectedType,
        string expectedName)
    {
        var (_, givenType, givenName, _) = await Read(new() { Base64 = "AAAA", FileName = name, ContentType = type });

        Assert.Equal((expectedType, expectedName), (givenType, givenName));
    }

    [Fact]
    public async Task Payload_becomes_base64_for_a_body_of_JSON() =>
        Assert.Equal("ZWxldmVuIGJ5dGU=",
            await folder.ClaimChecks.Base64Of("m", (await Keep("eleven byte")).Payload!, Most, Cancellation));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("https://example.com/a", "AAAA", false)]
    [InlineData(null, "AAAA", true)]
    public async Task None_or_several_ways_to_give_bytes_are_refused(string? url, string? base64, bool payload)
    {
        var failure = await Refused(
            new() { Url = url, Base64 = base64, Payload = payload ? new() { Id = "p-1" } : null });

        Assert.Equal(("m", "m must have exactly one of url, base64 and payload."), (failure.Member, failure.Message));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("AAA")]
    [InlineData("data:image/png;base64,AAAA")]
    public async Task What_is_no_base64_is_refused(string text) =>
        Assert.Equal(("m.base64", "m.base64 is not base64."), Said(await Refused(new() { Base64 = text })));

    [Fact]
    public async Task Payload_that_is_gone_says_how_long_it_was_kept()
    {
        var failure = await Refused(new() { Payload = new() { Id = "p-81" } });

        Assert.Equal(
            "Payload 'p-81' is not in the worker's store: nothing was stored with this id, or it was deleted after 7 "
                + "days (Payloads:KeepFor). Store it (worker payload put FILE), and send the job again.",
                failure.Message);
        Assert.Equal((FailureKind.Permanent, FailureCodes.NotFound, Remedy.Sender),
            (failure.Kind, failure.Code, failure.Remedy));
    }

    [Fact]
    public async Task Id_that_would_leave_the_folder_is_refused() => Assert.Equal(
        ("m.payload.id", $"m.payload.id is '../secret'; allowed: {PayloadId.Allowed}."),
        Said(await Refused(new() { Payload = new() { Id = "../secret" } })));

    [Fact]
    public async Task More_bytes_than_the_provider_takes_are_refused() =>
        Assert.Equal(("m", "m has 1002 bytes; allowed: up to 1000."),
            Said(await Refused(new() { Base64 = Convert.ToBase64String(new byte[1_002]) })));

    [Fact]
    public async Task As_many_bytes_as_the_provider_takes_are_sent() =>
        Assert.Equal(Most, (await Read(new() { Base64 = Convert.ToBase64String(new byte[Most]) })).Length);

    [Fact]
    public async Task Promised_length_is_held()
    {
        var kept = await Keep("eleven byte");

        Assert.Equal("m.payload.length",
            (await Refused(new() { Payload = kept.Payload! with { Length = 12 } })).Member);
    }

    [Fact]
    public async Task Promised_hash_is_held_before_the_end_is_read()
    {
        var kept = await Keep("eleven byte");

        var failure = await Refused(new() { Payload = kept.Payload! with { Sha256 = Sha("other") } });

        Assert.Equal((FailureCodes.InvalidRequest, "m.payload.sha256"), (failure.Code, failure.Member));
    }

    public void Dispose() => folder.Dispose();

    static (string?, string) Said(Failure failure) => (failure.Member, failure.Message);

    static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    async Task<BinaryOutput> Keep(string text) => await folder.ClaimChecks.Keep(
        await InHand.Take(new Unseekable(Encoding.UTF8.GetBytes(text)), "text/plain", "a.txt", Cancellation),
        inline: false, Cancellation);

    async Task<(string Text, string Type, string Name, long? Length)> Read(BinaryInput input)
    {
        await using var payload = await folder.ClaimChecks.Open("m", input, Most, Cancellation);
        return (await new StreamReader(payload.Content).ReadToEndAsync(Cancellation), payload.ContentType,
            payload.FileName, payload.Length);
    }

    async Task<Failure> Refused(BinaryInput input) =>
        (await Assert.ThrowsAsync<FailureException>(() => Read(input))).Failure;
}
