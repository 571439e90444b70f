using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>An error that a gateway sends as an event, although no stream was requested.</summary>
static partial class ErrorEvent
{
    // An error comes first, or instead of everything else.
    const int Most = 64 * 1024;

    /// <summary>The data of the first event, if it is an error; else null.</summary>
    public static JsonElement? In(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, Most)]);
        return UselessAnswer.IsEvents(type: null, text) && Data().Match(text) is { Success: true } first
            && LenientJson.Parse(Encoding.UTF8.GetBytes(first.Groups[1].Value)) is { } data
            && InnerError.Of(data) is not null
                ? data
                : null;
    }

    [GeneratedRegex(@"^data:[ \t]*([{\[].*)$", RegexOptions.Multiline)]
    private static partial Regex Data();
}
