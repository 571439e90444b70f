using System.Text;
using System.Text.Json;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Observing;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>A successful answer whose body is read while it arrives.</summary>
/// <param name="Content">The body. A connection that breaks while it is read becomes a
/// <see cref="FailureException"/>.</param>
/// <param name="ContentType">The content type that the provider states.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers that the worker uses.</param>
/// <param name="Secrets">The secrets to mask: some providers repeat the key in their errors.</param>
/// <param name="Call">The call, which ends when the body has been read.</param>
/// <param name="Clock">The time; null: the system's.</param>
sealed record StreamedResponse(Stream Content, string? ContentType, int Status, UpstreamHeaders Headers,
    OwnSecrets? Secrets = null, CallSpan? Call = null, TimeProvider? Clock = null) : IAsyncDisposable
{
    // Only the beginning of a page or an error is reported.
    const int MostOfAnExcerpt = 4_000;

    /// <summary>The provider's id of the request.</summary>
    public string? RequestId => Headers.RequestId;

    /// <summary>The content type without its parameters.</summary>
    public string? MediaType { get; } = Upstream.Responses.MediaType.Of(ContentType);

    /// <summary>
    /// Whether the content type says that the body is JSON. An answer that cannot have a body often states a type
    /// nevertheless.
    /// </summary>
    public bool IsJson => Status is not (204 or 205)
        && (MediaType is "application/json" || MediaType?.EndsWith("+json", StringComparison.Ordinal) == true);

    /// <summary>Whether the content type says that the body is text.</summary>
    public bool IsText => MediaType?.StartsWith("text/", StringComparison.Ordinal) == true;

    /// <summary>
    /// The body of an answer that must be sound or an image, whatever its type says: a text instead is not a success.
    /// Bodies with text and JSON types are judged by their bytes, because servers use these types for sound too.
    /// </summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="inside">Finds the bytes inside JSON.</param>
    public async Task<Stream> Bytes(CancellationToken cancellation, Func<JsonElement, byte[]?>? inside = null)
    {
        var (head, begun) = await JoinedStream.Begin(Content, MostOfAnExcerpt, MostOfAnExcerpt, cancellation);
        if (!WordsInstead.Begin(head.Span, saysWords: IsJson || IsText))
            return begun;
        var words = await Read(begun, endsWithJson: IsJson, cancellation);
        if (!WordsInstead.Are(words.Span, MediaType, saysWords: IsJson || IsText))
            return new MemoryStream(words.ToArray(), writable: false);
        if (LenientJson.IsSeveral(words.Span) || LenientJson.Parse(words.Span) is not { } json)
            throw Useless(words, $"a body of type {MediaType} instead of bytes");
        Refuse(json);
        // A provider that sends JSON once will send it again.
        return inside?.Invoke(json) is { } bytes
            ? new MemoryStream(bytes, writable: false)
            : throw Useless(words, $"a body of type {MediaType} instead of bytes", json);
    }

    /// <summary>
    /// The body of an answer that is a file. A page or an error instead is refused, unless the file's name has such a
    /// type.
    /// </summary>
    public async Task<Stream> Contents(string name, CancellationToken cancellation)
    {
        if (!IsJson && MediaType is not ("text/html" or "application/xhtml+xml")
            || Path.GetExtension(name).ToLowerInvariant() is ".json" or ".html" or ".htm" or ".xhtml")
            return Content;
        var words = await Whole(cancellation);
        if (LenientJson.Parse(words.Span) is { } json)
            Refuse(json);
        // Servers may state a wrong type, too.
        return IsJson
            ? new MemoryStream(words.ToArray(), writable: false)
            : throw Useless(words, $"a body of type {MediaType} instead of {name}");
    }

    /// <summary>The whole body in UTF-8.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="endsWithJson">Whether a body that is one object or list may be cut after it.</param>
    public Task<ReadOnlyMemory<byte>> Whole(CancellationToken cancellation, bool endsWithJson = false) =>
        Read(Content, endsWithJson, cancellation);

    /// <summary>The whole body as a text, in any encoding; invalid bytes become U+FFFD.</summary>
    public async Task<string> Text(CancellationToken cancellation)
    {
        var text = await Whole(cancellation);
        return Encoding.UTF8.GetString(text.Span).TrimStart('\uFEFF');
    }

    /// <summary>A whole body as a JSON object, which stays in memory until it is disposed.</summary>
    public JsonDocument Json(ReadOnlyMemory<byte> body)
    {
        const string what = "a body that is not a JSON object";
        var json = Parse(body, what);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
            return json;
        json.Dispose();
        throw Useless(body, what);
    }

    /// <summary>A whole body as JSON of any kind.</summary>
    public JsonElement AnyJson(ReadOnlyMemory<byte> body)
    {
        using var json = Parse(body, "a body that is not JSON");
        return json.RootElement.Clone();
    }

    /// <summary>Throws if the JSON is an error.</summary>
    public void Refuse(JsonElement json)
    {
        if (InnerError.Of(json) is not { } error)
            return;
        Call?.Used(json);
        error = ErrorReading.Of(Masked(Encoding.UTF8.GetBytes(json.GetRawText())).Span) ?? error;
        throw Failed(CallRunner.Refused(FailureClassifier.OfInner(Status, error, Headers)));
    }

    /// <summary>Adds the answer's request id to a failure.</summary>
    public FailureException Wrong(Failure failure) => Failed(failure with { RequestId = RequestId });

    /// <summary>The failure for an answer without the required content.</summary>
    public FailureException Broken(string with) => Failed(Failure.Broken(Status, RequestId, with));

    /// <summary>The failure for an answer whose JSON cannot be used.</summary>
    public FailureException Useless(ReadOnlyMemory<byte> body, string what, JsonElement json) => Failed(
        UselessAnswer.Of(Status, RequestId, MediaType, Masked(body[..Math.Min(body.Length, MostOfAnExcerpt)]).Span,
            what).OrTold(json).OnceIf(json.IsBilled()) with
        { Error = new() { Body = ErrorReading.Kept(json) } });

    /// <summary>The failure for a body that cannot be used.</summary>
    public FailureException Useless(ReadOnlyMemory<byte> body, string what) =>
        Failed(UselessAnswer.Of(Status, RequestId, MediaType,
            Masked(body[..Math.Min(body.Length, MostOfAnExcerpt)]).Span, what));

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        Call?.Dispose();
    }

    JsonDocument Parse(ReadOnlyMemory<byte> body, string what)
    {
        var json = LenientJson.Open(body) ?? throw Useless(body, what);
        Refuse(json.RootElement);
        Call?.Answered(json.RootElement);
        return json;
    }

    async Task<ReadOnlyMemory<byte>> Read(Stream content, bool endsWithJson, CancellationToken cancellation)
    {
        var whole = new MemoryStream();
        var body = endsWithJson ? new JsonAnswerStream(content, Clock ?? TimeProvider.System) : content;
        await body.CopyToAsync(whole, cancellation);
        // The connection may have broken after it.
        if (endsWithJson)
            Call?.Answered();
        return Charset.AsUtf8(whole.GetBuffer().AsMemory(0, (int)whole.Length), ContentType);
    }

    ReadOnlyMemory<byte> Masked(ReadOnlyMemory<byte> text) => Secrets?.Masked(text) ?? text;

    FailureException Failed(Failure failure)
    {
        var failed = new FailureException(failure);
        return Call?.Failed(failed) ?? failed;
    }
}
