using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Decompresses answers, also with the old name of gzip and with nested compression. A body that is not compressed as
/// its header says is taken as it is: some gateways decompress a body, and leave its header. The program sets
/// <c>System.IO.Compression.UseStrictValidation</c>, without which the runtime accepts half of a compressed body as
/// complete.
/// </summary>
sealed class Unpacking(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Enough to find out whether bytes are compressed.
    const int LengthOfHead = 1024;
    const int LengthOfSignature = 2;

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
        // A small body is all that comes, and its end may never come.
        var least = packing.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? LengthOfSignature : LengthOfHead;
        var (start, whole) = await JoinedStream.Begin(packed, least, LengthOfHead, cancellation);
        var head = start.ToArray();
        return packing.ToLowerInvariant() switch
        {
            _ when head.Length == 0 => whole,
            "br" => IsBrotli(head) ? new BrotliBody(new(whole, CompressionMode.Decompress)) : whole,
            // With this name some send zlib's form, as the standard says, and others the raw one.
            "deflate" when head is [var first, var second, ..] && (first & 0x0F) == 8
                && (first << 8 | second) % 31 == 0 => new ZLibStream(whole, CompressionMode.Decompress),
            "deflate" => WordsInstead.IsText(head) ? whole : new DeflateStream(whole, CompressionMode.Decompress),
            _ => head is [0x1F, 0x8B, ..] ? new GZipStream(whole, CompressionMode.Decompress) : whole,
        };
    }

    // Brotli has no signature, but finds other bytes invalid soon.
    static bool IsBrotli(ReadOnlySpan<byte> head)
    {
        var decoder = new BrotliDecoder();
        try
        {
            Span<byte> decoded = stackalloc byte[256];
            OperationStatus status;
            do
            {
                status = decoder.Decompress(head, decoded, out var read, out _);
                head = head[read..];
            }
            while (status == OperationStatus.DestinationTooSmall);
            return status != OperationStatus.InvalidData;
        }
        finally
        {
            decoder.Dispose();
        }
    }

    // Damaged bytes are the same fault with every compression.
    sealed class BrotliBody(BrotliStream body) : ReadOnceStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer,
            CancellationToken cancellationToken = default)
        {
            try
            {
                return await body.ReadAsync(buffer, cancellationToken);
            }
            catch (InvalidOperationException damaged)
            {
                throw new InvalidDataException(damaged.Message, damaged);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                body.Dispose();
            base.Dispose(disposing);
        }
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
