using System.IO.Compression;
using OpenAIWorker.Tests.World;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>Packed bodies, whole and cut.</summary>
public sealed class UnpackingSpecs
{
    static readonly byte[] Plain = [.. Enumerable.Range(0, 200_000).Select(number => (byte)(number * 2_654_435_761 >> 13))];

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("X-GZIP")]
    public async Task A_whole_body_is_unpacked_by_either_name(string name) => Assert.Equal(Plain, await Got(Gzip(Plain), name));

    [Fact]
    public async Task Members_that_follow_each_other_are_one_body() => Assert.Equal([.. Plain, 1, 2], await Got([.. Gzip(Plain), .. Gzip([1, 2])], "gzip"));

    [Fact]
    public async Task An_empty_body_is_one() => Assert.Empty(await Got(Gzip([]), "gzip"));

    [Fact]
    public async Task Nothing_at_all_is_an_empty_body() => Assert.Empty(await Got([], "gzip"));

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(-8)]
    [InlineData(-4)]
    [InlineData(-1)]
    public async Task A_cut_body_is_no_body(int at)
    {
        var packed = Gzip(Plain);

        await Assert.ThrowsAnyAsync<InvalidDataException>(() => Got(packed[..(at > 0 ? at : packed.Length + at)], "gzip"));
    }

    static byte[] Gzip(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(plain);
        return packed.ToArray();
    }

    static async Task<byte[]> Got(byte[] packed, string name)
    {
        await using var host = new ProviderSocket();
        host.Answer("", _ => ProviderSocket.Http(200, "text/csv", packed, $"Content-Encoding: {name}"));
        using var http = new HttpMessageInvoker(new Unpacking(new SocketsHttpHandler { AutomaticDecompression = Unpacking.Others }));
        using var answer = await http.SendAsync(new(HttpMethod.Get, host.BaseUrl), TestContext.Current.CancellationToken);
        Assert.Equal(("text/csv", 0), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentEncoding.Count));
        var got = new MemoryStream();
        await (await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)).CopyToAsync(got, TestContext.Current.CancellationToken);
        return got.ToArray();
    }
}
