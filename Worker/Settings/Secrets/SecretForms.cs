using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Settings.Secrets;

/// <summary>
/// The forms in which a secret may be repeated: as it is, in an address or a form, in base64 as in Basic logins; and
/// each of these in JSON.
/// </summary>
static partial class SecretForms
{
    // Shorter texts occur in base64 by chance.
    const int ShortestBase64 = 10;

    const int BitsOfByte = 8;
    const int BitsOfDigit = 6;

    public static IEnumerable<string> Of(string secret) =>
        Plain(secret).Concat(Base64(secret)).SelectMany(InJson).Distinct();

    static IEnumerable<string> Plain(string secret)
    {
        var escaped = Uri.EscapeDataString(secret);
        return [secret, escaped, Escapes().Replace(escaped, escape => escape.Value.ToLowerInvariant()),
            escaped.Replace("%20", "+", StringComparison.Ordinal)];
    }

    // The text before the secret, such as a user name, shifts its base64 form: three bytes are four digits, so there
    // are three forms. Digits that the secret shares with its neighbours are left out.
    static IEnumerable<string> Base64(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var before = 0; before < 3; before++)
        {
            var first = (before * BitsOfByte + BitsOfDigit - 1) / BitsOfDigit;
            var own = Convert.ToBase64String(
                [.. new byte[before], .. bytes])[first..((before + bytes.Length) * BitsOfByte / BitsOfDigit)];
            if (own.Length < ShortestBase64)
                continue;
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
            yield return Uri.EscapeDataString(own);
        }
    }

    static IEnumerable<string> InJson(string form) =>
        [form, JavaScriptEncoder.Default.Encode(form), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(form)];

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex Escapes();
}
