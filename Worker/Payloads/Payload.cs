namespace OpenAIWorker.Payloads;

/// <summary>Bytes on their way to the provider, read once.</summary>
/// <param name="Content">The bytes, from their start.</param>
/// <param name="ContentType">Such as <c>audio/mpeg</c>.</param>
/// <param name="FileName">Such as <c>call.mp3</c>.</param>
/// <param name="Length">How many bytes, where that is known.</param>
sealed record Payload(Stream Content, string ContentType, string FileName, long? Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
