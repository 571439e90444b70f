using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// An answer whose status says success, but whose body cannot be read. If a setting causes it, the next one will be the
/// same.
/// </summary>
static partial class UselessAnswer
{
    const int MostOfAText = 4_000;

    /// <param name="status">The status.</param>
    /// <param name="requestId">The provider's id of the request.</param>
    /// <param name="type">The body's content type, if it is stated.</param>
    /// <param name="body">The body, or its beginning.</param>
    /// <param name="what">What arrived instead, such as <c>a body that is not a JSON object</c>.</param>
    public static Failure Of(int status, string? requestId, string? type, ReadOnlySpan<byte> body, string what)
    {
        var text = Encoding.UTF8.GetString(body.Length > MostOfAText ? body[..MostOfAText] : body)
            .Trim('\uFEFF', ' ', '\r', '\n', '\t', '\0');
        var excerpt = text.Length == 0 ? ", empty" : $": '{PageText.Of(text)}'";
        var failure = Failure.Broken(status, requestId, $"{what} ({type ?? "no content type"}{excerpt})") with
        {
            Text = text.Length == 0 ? null : text
        };
        if (IsEvents(type, text) || LenientJson.Parse(body) is { ValueKind: JsonValueKind.Object } piece
            && IsPiece(piece, body))
            return Certain(failure,
                "It streams events, which a job cannot read: turn off streaming at the gateway, and leave stream "
                    + "out.");
        // The worker does not ask for it.
        if (body is [0x28, 0xB5, 0x2F, 0xFD, ..])
            return Certain(failure, "It is compressed with zstd: turn that off at the gateway.");
        return IsPage(type, text)
            ? Certain(failure,
                "It is a web page: check the credential's BaseUrl (including the version, such as /v1), "
                    + "and any proxy.")
            : List().IsMatch(text) ? Certain(failure,
                "It is a list, which this API never returns: check the credential's BaseUrl (including the version, "
                    + "such as /v1).")
            : failure;
    }

    /// <summary>Whether an answer is the first of a stream's pieces, which follow each other line by line.</summary>
    public static bool IsPiece(JsonElement first, ReadOnlySpan<byte> whole) =>
        (first.Items("choices").Any(choice => choice.Member("delta") is not null)
            || first.Text("type")?.StartsWith("response.", StringComparison.Ordinal) == true
            || first.Truth("done") == false) && LenientJson.IsSeveral(whole);

    /// <summary>Whether a text is a page or a stream of events, whatever was requested.</summary>
    public static bool IsPage(string? type, string text) =>
        type is "text/html" or "application/xhtml+xml" || PageText.IsPage(text);

    /// <summary>
    /// Whether a text is a stream of events. A transcript may begin with <c>data:</c>, too, but not followed by JSON.
    /// </summary>
    public static bool IsEvents(string? type, string text) => type == "text/event-stream" || Events().IsMatch(text);

    static Failure Certain(Failure failure, string cure) =>
        failure with { Kind = FailureKind.Permanent, Remedy = Remedy.Operator, Message = $"{failure.Message} {cure}" };

    [GeneratedRegex(@"^\s*((:[^\n]*|(event|id|retry):[^\n]*)?\r?\n)*data:\s*(\{|\[)|^\s*(event|id):[^\n]*\r?\ndata:")]
    private static partial Regex Events();

    [GeneratedRegex(@"^\[\s*[\[{""\d-]")]
    private static partial Regex List();
}
