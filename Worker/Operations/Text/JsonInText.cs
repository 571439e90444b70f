using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text;

/// <summary>Finds the JSON in what a model wrote: in a fence, after it has thought aloud, before marks of its template.</summary>
static partial class JsonInText
{
    const string EndOfThoughts = "</think>";

    // A byte order mark and a space without width are no white space to .NET.
    static readonly char[] Invisible = ['\uFEFF', '\u200B'];

    /// <summary>Null: there is none.</summary>
    public static JsonElement? Find(string text)
    {
        foreach (var said in Said(text))
        {
            if (Try(said) is { } whole)
                return whole;
            // The widest fence first: a text of the JSON's own may have one.
            foreach (var fence in (ReadOnlySpan<Match>)[WidestFence().Match(said), Fence().Match(said)])
            {
                if (fence.Success && Try(fence.Groups["inside"].Value) is { } inside)
                    return inside;
            }
        }
        return null;
    }

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
                : FormattableString.Invariant($"it stops being JSON in line {fault.LineNumber + 1}, at byte {fault.BytePositionInLine + 1}.");
        }
    }

    // As it is; and what follows the thoughts, of which a template may have written only the end.
    static IEnumerable<string> Said(string text)
    {
        var trimmed = Trimmed(text);
        yield return trimmed;
        var first = trimmed.IndexOf(EndOfThoughts, StringComparison.Ordinal);
        if (first < 0)
            yield break;
        yield return Trimmed(trimmed[(first + EndOfThoughts.Length)..]);
        var last = trimmed.LastIndexOf(EndOfThoughts, StringComparison.Ordinal);
        if (last > first)
            yield return Trimmed(trimmed[(last + EndOfThoughts.Length)..]);
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

    // Such as <|im_end|>, which a server should have taken off.
    [GeneratedRegex(@"(?:\s*(?:<\|[\w-]+\|>|</s>|<end_of_turn>))+\s*$")]
    private static partial Regex Ending();
}
