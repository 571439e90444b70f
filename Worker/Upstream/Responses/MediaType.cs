namespace OpenAIWorker.Upstream.Responses;

static class MediaType
{
    /// <summary>A content type without its parameters.</summary>
    public static string? Of(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant();
}
