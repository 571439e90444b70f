using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// Finds the JSON in a model's text: in a fence, after visible reasoning, before marks of a chat template.
/// </summary>
static partial class JsonInText
{
    static readonly string[] EndsOfThoughts = ["</think>", "</thinking>", "</reasoning>", "[/THINK]"];

    // .NET does not treat a byte order mark and a zero-width space as white space.
    static readonly char[] Invisible = ['\uFEFF', '\u200B'];

    /// <summary>Null: there is none.</summary>
    public static JsonElement? Find(string text) =>
        Said(text).Select(InSaid).FirstOrDefault(found => found is not null);

    static JsonElement? InSaid(string said)
    {
        if (Try(said) is { } whole)
            return Unquoted(whole);
        // The widest fence first, because a text inside the JSON may contain a fence.
        foreach (var fence in (ReadOnlySpan<Match>)[WidestFence().Match(said), Fence().Match(said)])
        {
            if (fence.Success && Try(fence.Groups["inside"].Value) is { } inside)
                return inside;
        }
        return Marked().Match(said) is { Success: true, Groups: var parts } ? Try(parts["inside"].Value) : null;
    }

    // JSON inside a JSON text: the model encoded it twice.
    static JsonElement? Unquoted(JsonElement whole) =>
        whole.ValueKind == JsonValueKind.String
            && Try(whole.GetString()!) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } inner
            ? inner
            : whole;

    /// <summary>Explains where a text stops being JSON.</summary>
    public static string Fault(string text)
    {
        try
        {
            LenientJson.ParseText(text);
            return "";
        }
        catch (JsonException fault)
        {
            return LenientJson.IsTooDeep(System.Text.Encoding.UTF8.GetBytes(text))
                ? $"it is nested deeper than {LenientJson.Deepest} levels."
                : FormattableString.Invariant(
                    $"it stops being JSON in line {fault.LineNumber + 1}, at byte {fault.BytePositionInLine + 1}.");
        }
    }

    // The text itself; and the text after the reasoning, of which only the end mark may be present.
    static IEnumerable<string> Said(string text)
    {
        var trimmed = Trimmed(text);
        yield return trimmed;
        foreach (var end in EndsOfThoughts)
        {
            var (first, last) = (trimmed.IndexOf(end, StringComparison.Ordinal),
                trimmed.LastIndexOf(end, StringComparison.Ordinal));
            if (first < 0)
                continue;
            yield return Trimmed(trimmed[(first + end.Length)..]);
            if (last > first)
                yield return Trimmed(trimmed[(last + end.Length)..]);
        }
    }

    static string Trimmed(string text)
    {
        var plain = text.Trim().Trim(Invisible).Trim();
        return Ending().Match(plain) is { Success: true, Index: var end } ? plain[..end].TrimEnd() : plain;
    }

    static JsonElement? Try(string text)
    {
        text = text.Trim().Trim(Invisible).Trim();
        if (text.Length == 0)
            return null;
        try
        {
            return LenientJson.ParseText(text);
        }
        catch (JsonException)
        {
            return text is ['{', .., '}'] or ['[', .., ']'] ? Loose(text) : null;
        }
    }

    static JsonElement? Loose(string text)
    {
        try
        {
            return LenientJson.ParseLoose(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<mark>```|~~~)[ \t]*[\w-]*[ \t]*\r?\n?(?<inside>.*?)(?:\k<mark>|$)", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<mark>```|~~~)[ \t]*[\w-]*[ \t]*\r?\n?(?<inside>.*)\k<mark>", RegexOptions.Singleline)]
    private static partial Regex WidestFence();

    // Between marks of a template or tags, after the word json, before a fence that was never opened.
    [
        GeneratedRegex(
            @"^(\s*(<\|[\w-]+\|>\w*|<[a-z_]+>|json\b|JSON\b:?))*\s*(?<inside>[{\[].*[}\]])(\s*(<\|[\w-]+\|>"
                + @"|</[a-z_]+>|```))*\s*$", RegexOptions.Singleline)]
    private static partial Regex Marked();

    // Such as <|im_end|>, which the server should have removed.
    [GeneratedRegex(@"(?:\s*(?:<\|[\w-]+\|>|</s>|<end_of_turn>))+\s*$")]
    private static partial Regex Ending();
}
