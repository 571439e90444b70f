namespace OpenAIWorker.Payloads;

/// <summary>Bytes on their way to the provider, read once.</summary>
/// <param name="Content">The bytes, from their start.</param>
/// <param name="ContentType">Such as <c>audio/mpeg</c>.</param>
/// <param name="FileName">Such as <c>call.mp3</c>.</param>
/// <param name="Length">The number of bytes, if it is known.</param>
sealed record Payload(Stream Content, string ContentType, string FileName, long? Length) : IAsyncDisposable
{
    /// <summary>All bytes as a data: address, for an API that accepts no bytes.</summary>
    public async Task<string> ToDataUrl(CancellationToken cancellation)
    {
        using var whole = new MemoryStream((int)(Length ?? 0));
        await Content.CopyToAsync(whole, cancellation);
        return $"data:{ContentType};base64,{Convert.ToBase64String(whole.GetBuffer(), 0, (int)whole.Length)}";
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
