using System.IO.Compression;
using System.Net.Http.Headers;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Decompresses answers, also with the old name of gzip and with nested compression. A body that gzip has not made is
/// taken as it is. The program sets <c>System.IO.Compression.UseStrictValidation</c>, without which the runtime accepts
/// half of a compressed body as complete.
/// </summary>
sealed class Unpacking(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    static readonly StringWithQualityHeaderValue[] Understood = [new("gzip"), new("deflate"), new("br")];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        foreach (var packing in Understood.Where(packing => !request.Headers.AcceptEncoding.Contains(packing)))
            request.Headers.AcceptEncoding.Add(packing);
        var response = await base.SendAsync(request, cancellationToken);
        var packings = response.Content.Headers.ContentEncoding.Reverse().TakeWhile(IsUnderstood).ToList();
        if (packings.Count == 0)
            return response;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        foreach (var packing in packings)
            body = await Unpacked(body, packing, cancellationToken);
        response.Content = WithHeadersOf(response.Content, body, packings.Count);
        return response;
    }

    static bool IsUnderstood(string packing) => packing.ToLowerInvariant() is "gzip" or "x-gzip" or "deflate" or "br";

    // An empty body is valid with any compression; the runtime would call it truncated.
    static async Task<Stream> Unpacked(Stream packed, string packing, CancellationToken cancellation)
    {
        var head = new byte[2];
        var length = await packed.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var whole = new JoinedStream(head.AsMemory(0, length), packed);
        return packing.ToLowerInvariant() switch
        {
            _ when length == 0 => whole,
            "br" => new BrotliStream(whole, CompressionMode.Decompress),
            // With this name some send zlib's form, as the standard says, and others the raw one.
            "deflate" when (head[0] & 0x0F) == 8 && (head[0] << 8 | head[1]) % 31 == 0 =>
                new ZLibStream(whole, CompressionMode.Decompress),
            "deflate" => new DeflateStream(whole, CompressionMode.Decompress),
            _ when head is [0x1F, 0x8B] => new GZipStream(whole, CompressionMode.Decompress),
            // Some gateways unpack a body, and leave its header.
            _ => whole,
        };
    }

    static StreamContent WithHeadersOf(HttpContent content, Stream body, int unpacked)
    {
        var whole = new StreamContent(body);
        foreach (var (name, values) in content.Headers)
        {
            // The header has the compressed length.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
                whole.Headers.TryAddWithoutValidation(name, values);
        }
        foreach (var outer in content.Headers.ContentEncoding.SkipLast(unpacked))
            whole.Headers.ContentEncoding.Add(outer);
        return whole;
    }
}
