using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// Finds the JSON in what a model wrote: in a fence, after it has thought aloud, before marks of its template.
/// </summary>
static partial class JsonInText
{
    static readonly string[] EndsOfThoughts = ["</think>", "</thinking>", "</reasoning>", "[/THINK]"];

    // A byte order mark and a space without width are no white space to .NET.
    static readonly char[] Invisible = ['\uFEFF', '\u200B'];

    /// <summary>Null: there is none.</summary>
    public static JsonElement? Find(string text) =>
        Said(text).Select(InSaid).FirstOrDefault(found => found is not null);

    static JsonElement? InSaid(string said)
    {
        if (Try(said) is { } whole)
            return Unquoted(whole);
        // The widest fence first: a text of the JSON's own may have one.
        foreach (var fence in (ReadOnlySpan<Match>)[WidestFence().Match(said), Fence().Match(said)])
        {
            if (fence.Success && Try(fence.Groups["inside"].Value) is { } inside)
                return inside;
        }
        return Marked().Match(said) is { Success: true, Groups: var parts } ? Try(parts["inside"].Value) : null;
    }

    // JSON in a text of JSON: the model wrote it twice over.
    static JsonElement? Unquoted(JsonElement whole) =>
        whole.ValueKind == JsonValueKind.String
            && Try(whole.GetString()!) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } inner
            ? inner
            : whole;

    /// <summary>Where a text stops being JSON, in words.</summary>
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
                ? $"it has more than {LenientJson.Deepest} levels."
                : FormattableString.Invariant(
                    $"it stops being JSON in line {fault.LineNumber + 1}, at byte {fault.BytePositionInLine + 1}.");
        }
    }

    // As it is; and what follows the thoughts, of which a template may have written only the end.
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

    // Between marks of a template or tags, behind the word json, before a fence that was never begun.
    [
        GeneratedRegex(
            @"^(\s*(<\|[\w-]+\|>\w*|<[a-z_]+>|json\b|JSON\b:?))*\s*(?<inside>[{\[].*[}\]])(\s*(<\|[\w-]+\|>"
                + @"|</[a-z_]+>|```))*\s*$", RegexOptions.Singleline)]
    private static partial Regex Marked();

    // Such as <|im_end|>, which a server should have taken off.
    [GeneratedRegex(@"(?:\s*(?:<\|[\w-]+\|>|</s>|<end_of_turn>))+\s*$")]
    private static partial Regex Ending();
}
