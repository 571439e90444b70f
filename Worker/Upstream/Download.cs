namespace OpenAIWorker.Upstream;

/// <summary>A successful answer whose body is read as it comes.</summary>
/// <param name="Content">The body. A connection that breaks while it is read ends as a <see cref="FailureException"/>.</param>
/// <param name="ContentType">As the provider names it.</param>
/// <param name="RequestId">The provider's id of the request.</param>
sealed record Download(Stream Content, string? ContentType, string? RequestId, int Status) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
