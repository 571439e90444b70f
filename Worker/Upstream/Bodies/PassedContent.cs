using System.Net;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>A content whose bytes pass through another stream.</summary>
sealed class PassedContent : HttpContent
{
    readonly HttpContent whole;
    readonly Func<Stream, Stream> passing;

    public PassedContent(HttpContent whole, Func<Stream, Stream> passing)
    {
        (this.whole, this.passing) = (whole, passing);
        foreach (var (name, values) in whole.Headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => passing(await whole.ReadAsStreamAsync());

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var passed = await CreateContentReadStreamAsync();
        await passed.CopyToAsync(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            whole.Dispose();
        base.Dispose(disposing);
    }
}
