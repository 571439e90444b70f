using System.Reflection;

namespace OpenAIWorker.Settings;

/// <summary>What is secret in the value of a setting: all of it, or a login or key inside of an address, of pairs, of a header.</summary>
static class SecretParts
{
    static readonly char[] BetweenWords = [' '];

    public static IEnumerable<string> Of(Setting setting, string value)
    {
        if (setting.IsSecret)
        {
            yield return value;
            // A header's scheme goes before its key.
            yield return value.Split(BetweenWords)[^1];
        }
        if (setting.Property.GetCustomAttribute<SecretPathAttribute>() is not null && Uri.TryCreate(value, UriKind.Absolute, out var whole))
            yield return whole.AbsolutePath.Trim('/');
        foreach (var part in OfAddress(value).Concat(setting.IsSecret ? OfPairs(value) : []))
            yield return part;
    }

    static IEnumerable<string> OfAddress(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address))
            yield break;
        if (address.UserInfo.Split(':', 2) is [_, { Length: > 0 } password])
        {
            yield return password;
            yield return Uri.UnescapeDataString(password);
        }
        foreach (var pair in address.Query.TrimStart('?').Split('&'))
            yield return pair[(pair.IndexOf('=') + 1)..];
    }

    static IEnumerable<string> OfPairs(string value) =>
        from pair in value.Split(';')
        let sign = pair.IndexOf('=')
        where sign > 0 && pair[..sign].Trim().ToUpperInvariant() is "PASSWORD" or "PWD"
        select pair[(sign + 1)..].Trim().Trim('\'', '"');
}
