using System.Net;
using System.Net.Http.Headers;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Unpacks gzip, by its old name too, and notices where it is cut: the runtime's own unpacking takes half of a file for a whole one. The other
/// packings are left to the runtime.
/// </summary>
sealed class Unpacking(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>What the handler inside has to unpack.</summary>
    public const DecompressionMethods Others = DecompressionMethods.Deflate | DecompressionMethods.Brotli;

    static readonly StringWithQualityHeaderValue Gzip = new("gzip");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.AcceptEncoding.Contains(Gzip))
            request.Headers.AcceptEncoding.Add(Gzip);
        var response = await base.SendAsync(request, cancellationToken);
        var packings = response.Content.Headers.ContentEncoding;
        if (packings.Count == 0 || packings.Last().ToLowerInvariant() is not ("gzip" or "x-gzip"))
            return response;
        var packed = await response.Content.ReadAsStreamAsync(cancellationToken);
        response.Content = Unpacked(response.Content, packed);
        return response;
    }

    static StreamContent Unpacked(HttpContent content, Stream packed)
    {
        var unpacked = new StreamContent(new WholeGzip(packed));
        foreach (var (name, values) in content.Headers)
        {
            // Its length is that of the packed bytes.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
                unpacked.Headers.TryAddWithoutValidation(name, values);
        }
        foreach (var outer in content.Headers.ContentEncoding.SkipLast(1))
            unpacked.Headers.ContentEncoding.Add(outer);
        return unpacked;
    }
}
