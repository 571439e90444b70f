using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// The cookie of a signed-in browser: the token's name, the expiry, and a signature whose key is the token's hash. So
/// it is valid at every worker, and ends when the token is removed.
/// </summary>
sealed class SignedIn(TokenBook tokens, IOptions<WebOptions> options, TimeProvider clock)
{
    public const string Cookie = "openai-worker";

    public (string Value, DateTimeOffset Until) Issue(string name)
    {
        var until = clock.GetUtcNow() + options.Value.SignedInFor;
        var said = $"{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(name))}."
            + until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ($"{said}.{WebEncoders.Base64UrlEncode(Seal(tokens.Named(name)!.Value.Hash, said))}", until);
    }

    /// <summary>Null: it is invalid or expired.</summary>
    public Visitor? Read(string cookie)
    {
        if (cookie.Split('.') is not [var name, var until, var seal]
            || !long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= clock.GetUtcNow().ToUnixTimeSeconds())
            return null;
        try
        {
            return tokens.Named(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(name))) is { } known
                && CryptographicOperations.FixedTimeEquals(Seal(known.Hash, $"{name}.{until}"),
                    WebEncoders.Base64UrlDecode(seal))
                ? known.Visitor
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static byte[] Seal(byte[] key, string said) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(said));
}
