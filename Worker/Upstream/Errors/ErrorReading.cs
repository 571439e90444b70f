using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>Finds the reason in an error body of any shape, and keeps the body beside it.</summary>
static class ErrorReading
{
    const int MostOfABody = 64 * 1024;
    const int MostOfATree = 500;

    static readonly string[] Words =
    [
        "message", "msg", "error_msg", "error_message", "errorMessage", "Message", "detail", "details",
        "description", "error_description", "faultstring", "status_msg", "reason", "title", "error",
    ];

    /// <summary>The error in a body; null if there is none.</summary>
    public static UpstreamError? Of(ReadOnlySpan<byte> body)
    {
        var whole = Encoding.UTF8.GetString(body);
        var text = whole.Trim('\uFEFF', ' ', '\r', '\n', '\t', '\0');
        if (text.Length == 0)
            return null;
        return (LenientJson.Parse(body) ?? ErrorEvent.In(body)) switch
        {
            null => new() { Message = PageText.Of(text), Body = Quoted(whole) },
            { ValueKind: JsonValueKind.Number or JsonValueKind.Null } bare => new() { Message = text, Body = bare },
            // Of several errors, the first one is the reason, and all of them are the body.
            { } first => LenientJson.IsSeveral(body) ? Of(first) with { Body = Quoted(whole) } : Of(first),
        };
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public static UpstreamError Of(JsonElement body) => Read(body) with { Body = Kept(body) };

    static UpstreamError Read(JsonElement body)
    {
        var root = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().FirstOrDefault() : body;
        if (root.ValueKind == JsonValueKind.String)
            return new() { Message = root.GetString() };
        var error = ErrorIn(root);
        var behind = error.Member("metadata") is { } metadata ? Behind(metadata) : null;
        var words = error.ValueKind == JsonValueKind.String ? With(error.GetString(), WordsOf(root)) : WordsOf(error);
        var message = With(Unwrapped(words ?? WordsOf(root)), Fields(root) ?? Fields(error));
        return new()
        {
            Message = With(message, behind?.Message)
                ?? (root.ValueKind == JsonValueKind.Object && root.GetRawText() is { Length: > 2 } tree
                    ? Excerpt.Marked(tree, MostOfATree)
                    : null),
            Type = error.Text("type") ?? root.Text("type") ?? root.Text("__type")?.Split('#')[^1]
                ?? error.Text("status") ?? root.Text("error_type") ?? behind?.Type,
            Param = error.Text("param") ?? root.Text("param") ?? behind?.Param,
            Code = CodeOf(error) ?? CodeOf(root) ?? behind?.Code,
        };
    }

    // The title and its detail.
    static string? With(string? own, string? further) => (own, further) switch
    {
        ({ } title, { } detail) when !title.Contains(detail, StringComparison.Ordinal) => $"{title}: {detail}",
        var (title, detail) => title ?? detail,
    };

    // {"title": "One or more validation errors occurred.", "errors": {"messages": ["is required"]}}
    static string? Fields(JsonElement error)
    {
        if (error.Member("errors") is not { ValueKind: JsonValueKind.Object } fields || WordsOf(fields) is not null)
            return null;
        var said = fields.EnumerateObject().Take(10).Where(field => field.NameText() is not null)
            .Select(field => Flat(field.Value) is { Length: > 0 } wrong ? $"{field.Name}: {wrong}" : null);
        return string.Join("; ", said.OfType<string>()) is { Length: > 0 } all ? all : null;
    }

    // One object with several possible names, else the body itself.
    static JsonElement ErrorIn(JsonElement root)
    {
        foreach (var name in (ReadOnlySpan<string>)["error", "errors", "fault", "base_resp", "detail"])
        {
            if (root.Member(name) is not { } found)
                continue;
            var isError = found.ValueKind switch
            {
                JsonValueKind.Array => name is "error" or "errors" && found.GetArrayLength() > 0,
                JsonValueKind.Object => name == "error" || WordsOf(found) is not null,
                JsonValueKind.String => name == "error",
                _ => false,
            };
            if (isError)
                return found.ValueKind == JsonValueKind.Array ? found[0] : found;
        }
        return root;
    }

    static string? WordsOf(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in Words)
        {
            if (error.Member(name) is { } words && Flat(words) is { Length: > 0 } text)
                return text;
        }
        return error.Member("errors") is { } several ? Flat(several) : null;
    }

    static string? Flat(JsonElement words) => words.ValueKind switch
    {
        JsonValueKind.String => words.GetString(),
        JsonValueKind.Array => string.Join("; ", words.EnumerateArray().Take(10).Select(Flat).OfType<string>()),
        JsonValueKind.Object when words.Text("msg") is { } wrong && words.Items("loc").Any() =>
            $"{string.Join('.', words.Items("loc"))}: {wrong}",
        JsonValueKind.Object => WordsOf(words) ?? Excerpt.Marked(words.GetRawText(), MostOfATree),
        _ => null,
    };

    // A gateway forwards the error of the provider behind it.
    static UpstreamError? Behind(JsonElement metadata) => metadata.Member("raw") switch
    {
        { ValueKind: JsonValueKind.String } raw when raw.GetString() is { Length: > 0 } text =>
            Inner(text) is { ValueKind: JsonValueKind.Object } inner
                ? Read(inner)
                : new() { Message = PageText.Of(text) },
        { ValueKind: JsonValueKind.Object } raw => Read(raw),
        _ => null,
    };

    // Or embeds its JSON in the text.
    static string? Unwrapped(string? message) =>
        message is ['{' or '[', ..] && Inner(message) is { } inner ? Read(inner).Message : message;

    static JsonElement? Inner(string text) => LenientJson.Parse(Encoding.UTF8.GetBytes(text));

    static string? CodeOf(JsonElement error)
    {
        foreach (var name in (ReadOnlySpan<string>)["code", "error_code", "errorCode", "status_code"])
        {
            if (error.Member(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } code
                && code.ToString() is { Length: > 0 } text)
                return text;
        }
        return null;
    }

    /// <summary>A body in the form of an event: unchanged, or only its beginning if it is too long.</summary>
    public static JsonElement Kept(JsonElement body) =>
        body.GetRawText() is { Length: > MostOfABody } tooLong ? Quoted(tooLong) : body;

    static JsonElement Quoted(string text) => JsonSerializer.SerializeToElement(Excerpt.Marked(text, MostOfABody));
}
