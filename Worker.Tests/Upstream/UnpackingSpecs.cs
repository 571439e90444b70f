using System.IO.Compression;
using OpenAIWorker.Tests.World;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>Compressed bodies, complete and cut.</summary>
public sealed class UnpackingSpecs
{
    static readonly byte[] Plain =
        [.. Enumerable.Range(0, 200_000).Select(number => (byte)(number * 2_654_435_761 >> 13))];

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("X-GZIP")]
    [InlineData("deflate")]
    [InlineData("deflate", "raw")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("deflate, br, gzip")]
    public async Task A_whole_body_is_unpacked(string names, string? form = null) =>
        Assert.Equal(Plain, await Got(Packed(Plain, names, form), names));

    [Fact]
    public async Task Members_that_follow_each_other_are_one_body() =>
        Assert.Equal([.. Plain, 1, 2], await Got([.. Gzip(Plain), .. Gzip([1, 2])], "gzip"));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task An_empty_body_is_one(string name) => Assert.Empty(await Got(Packed([], name, null), name));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Nothing_at_all_is_an_empty_body(string name) => Assert.Empty(await Got([], name));

    public static TheoryData<string, string?, int> Cuts => new(
        from packing in ((string, string?)[])[("gzip", null), ("deflate", null), ("deflate", "raw"), ("br", null),
            ("gzip, deflate", null)]
        from at in (int[])[5, 100, -8, -4, -1]
        select (packing.Item1, packing.Item2, at));

    [Theory, MemberData(nameof(Cuts))]
    public async Task A_cut_body_is_no_body(string name, string? form, int at)
    {
        var packed = Packed(Plain, name, form);

        await Assert.ThrowsAnyAsync<InvalidDataException>(() =>
            Got(packed[..(at > 0 ? at : packed.Length + at)], name));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip, gzip")]
    public async Task A_body_that_was_unpacked_on_its_way_is_taken_as_it_is(string names) =>
        Assert.Equal("{\"a\":1}"u8.ToArray(), await Got("{\"a\":1}"u8.ToArray(), names));

    static byte[] Gzip(byte[] plain) => Packed(plain, "gzip", null);

    // The first name is the innermost encoding.
    static byte[] Packed(byte[] plain, string names, string? form)
    {
        foreach (var name in names.Split(", "))
        {
            var packed = new MemoryStream();
            using (var packing = Packing(packed, name.ToLowerInvariant(), form))
                packing.Write(plain);
            plain = packed.ToArray();
        }
        return plain;
    }

    static Stream Packing(Stream to, string name, string? form) => (name, form) switch
    {
        ("br", _) => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
        ("deflate", "raw") => new DeflateStream(to, CompressionLevel.Fastest, leaveOpen: true),
        ("deflate", _) => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        _ => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
    };

    static async Task<byte[]> Got(byte[] packed, string name)
    {
        await using var host = new ProviderSocket();
        host.Answer("", _ => ProviderSocket.Http(200, "text/csv", packed, $"Content-Encoding: {name}"));
        using var http = new HttpMessageInvoker(new Unpacking(new SocketsHttpHandler()));
        using var answer = await http.SendAsync(new(HttpMethod.Get, host.BaseUrl),
            TestContext.Current.CancellationToken);
        Assert.Equal(("text/csv", 0),
            (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentEncoding.Count));
        var got = new MemoryStream();
        await (await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
            .CopyToAsync(got, TestContext.Current.CancellationToken);
        return got.ToArray();
    }
}
