using System.Text.Json;

namespace OpenAIWorker.Upstream;

/// <summary>A successful answer whose body is read as it comes.</summary>
/// <param name="Content">The body. A connection that breaks while it is read ends as a <see cref="FailureException"/>.</param>
/// <param name="ContentType">As the provider names it.</param>
/// <param name="RequestId">The provider's id of the request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Call">The call, which ends when the body has been read.</param>
sealed record Download(Stream Content, string? ContentType, string? RequestId, int Status, ProviderCall? Call = null) : IAsyncDisposable
{
    /// <summary>The content type without its parameters.</summary>
    public string? MediaType => ContentType?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Whether the body says that it is JSON. An answer that can't have a body often names its type all the same.</summary>
    public bool IsJson => Status is not (204 or 205) && (MediaType is "application/json" || MediaType?.EndsWith("+json", StringComparison.Ordinal) == true);

    /// <summary>Whether the body says that it is text.</summary>
    public bool IsText => MediaType?.StartsWith("text/", StringComparison.Ordinal) == true;

    /// <summary>The body of an answer that has to be sound or picture: words in its place are no success, whatever the status says.</summary>
    public Stream Bytes() => IsJson || IsText
        ? throw Broken($"a body of type {MediaType} in the place of bytes")
        : Content;

    /// <summary>The whole body as text.</summary>
    public async Task<string> Text(CancellationToken cancellation)
    {
        using var reader = new StreamReader(Content);
        return await reader.ReadToEndAsync(cancellation);
    }

    /// <summary>The whole body as a JSON object, in memory once and until it is disposed.</summary>
    public async Task<JsonDocument> Json(CancellationToken cancellation)
    {
        const string what = "JSON object";
        var json = await Parse(what, cancellation);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
            return json;
        json.Dispose();
        throw Broken($"a body that is no {what}");
    }

    /// <summary>The whole body as JSON of any kind.</summary>
    public async Task<JsonElement> AnyJson(CancellationToken cancellation)
    {
        using var json = await Parse("JSON", cancellation);
        return json.RootElement.Clone();
    }

    /// <summary>The answer is not what it has to be.</summary>
    public FailureException Broken(string with)
    {
        var broken = new FailureException(Failure.Broken(Status, RequestId, with));
        return Call?.Failed(broken) ?? broken;
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        Call?.Dispose();
    }

    async Task<JsonDocument> Parse(string what, CancellationToken cancellation)
    {
        try
        {
            var json = await JsonDocument.ParseAsync(Content, cancellationToken: cancellation);
            Call?.Answered(json.RootElement);
            return json;
        }
        catch (JsonException)
        {
            throw Broken($"a body that is no {what}");
        }
    }
}
