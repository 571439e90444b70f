namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Decodes bytes that were paid for: also without padding, in the URL alphabet, with line breaks, and inside a
/// <c>data:</c> address.
/// </summary>
static class LenientBase64
{
    const int Group = 4;

    /// <summary>The bytes; null if they cannot be decoded.</summary>
    public static byte[]? Bytes(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            text = text[(text.IndexOf(',') + 1)..];
        return Plain(text) ?? Plain(Padded(text));
    }

    static byte[]? Plain(string text)
    {
        var bytes = new byte[text.Length / Group * 3 + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    static string Padded(string text)
    {
        var plain = string.Concat(text.Where(character => !char.IsWhiteSpace(character))).TrimEnd('=').Replace('-', '+')
            .Replace('_', '/');
        return plain.PadRight((plain.Length + Group - 1) / Group * Group, '=');
    }
}
