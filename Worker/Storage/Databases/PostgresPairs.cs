using System.Text;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// <c>host=db dbname=worker user=worker password='a b'</c>, or the same separated by semicolons in Npgsql's form.
/// </summary>
static class PostgresPairs
{
    public static IEnumerable<(string Key, string Value)> Parts(string text, char between)
    {
        for (var at = 0; Skip(text, at, between) is var start && start < text.Length;)
        {
            var equals = text.IndexOf('=', start);
            if (equals < 0 || between == ' ' && text[start..equals].Trim().Any(char.IsWhiteSpace))
                // Without the part itself, which may be the rest of a password.
                throw new UnfitAddressException(
                    "A part of it lacks the form KEYWORD=VALUE, such as host=db. Put a value with blanks into quotes.");
            var key = text[start..equals].Trim();
            (var value, at) = Value(text, equals + 1, between, key);
            yield return (key, value);
        }
    }

    static int Skip(string text, int at, char between)
    {
        while (at < text.Length && (text[at] == between || char.IsWhiteSpace(text[at])))
            at++;
        return at;
    }

    static (string Value, int End) Value(string text, int at, char between, string key)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        if (at < text.Length && text[at] is '\'' or '"')
            return Quoted(text, at + 1, text[at], between, key);
        // In libpq's pairs, separated by blanks, a backslash escapes the next character.
        var value = new StringBuilder();
        for (; at < text.Length && text[at] != between && !(between == ' ' && char.IsWhiteSpace(text[at])); at++)
            value.Append(between == ' ' && text[at] == '\\' && at + 1 < text.Length ? text[++at] : text[at]);
        return (value.ToString().TrimEnd(), at);
    }

    // A quote inside is escaped in libpq's pairs, and doubled in Npgsql's.
    static (string Value, int End) Quoted(string text, int at, char quote, char between, string key)
    {
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (between == ' ' && text[at] == '\\' && at + 1 < text.Length)
                value.Append(text[++at]);
            else if (text[at] != quote)
                value.Append(text[at]);
            else if (between == ';' && at + 1 < text.Length && text[at + 1] == quote)
                value.Append(text[++at]);
            else
                return (value.ToString(), at + 1);
        }
        throw new UnfitAddressException($"Its {key} begins with a quote that is never closed.");
    }
}
