namespace OpenAIWorker.Settings.Secrets;

/// <summary>
/// An address that is safe to show: without login and query, and without the path if that may be a secret.
/// </summary>
static class PlainAddress
{
    const string Hidden = "***";

    public static string Of(Uri? address, bool hidesPath = false) => Of(address?.OriginalString, hidesPath);

    /// <summary>Any text that was meant as an address.</summary>
    public static string Of(string? text, bool hidesPath = false)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        // Text before an @ is a login, even if the address is invalid otherwise.
        var mark = text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme ? scheme + 3 : 0;
        var (begin, rest) = (text[..mark], text[mark..]);
        if (rest.LastIndexOf('@') is >= 0 and var login)
            rest = $"{Hidden}@{rest[(login + 1)..]}";
        rest = Cut(rest, '#');
        rest = Cut(rest, '?');
        return begin + (hidesPath ? Cut(rest, '/') : rest);
    }

    static string Cut(string text, char mark) =>
        text.IndexOf(mark) is >= 0 and var place && place < text.Length - 1 ? $"{text[..(place + 1)]}{Hidden}" : text;
}
