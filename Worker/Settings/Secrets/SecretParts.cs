using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings.Secrets;

/// <summary>
/// The secret part of a setting's value: all of it, or a login or key inside an address, pairs or a header.
/// </summary>
static class SecretParts
{
    static readonly char[] BetweenWords = [' '];

    // Libraries read these variables themselves: proxies, S3, PostgreSQL, OTLP.
    static readonly string[] Addresses = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];
    static readonly string[] Wholes = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "PGPASSWORD"];
    static readonly string[] Pairs = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
        "OTEL_EXPORTER_OTLP_METRICS_HEADERS"];

    /// <summary>The secrets in variables that are not settings of the worker.</summary>
    public static IEnumerable<string> OfEnvironment(IConfiguration variables) =>
    [
        // A proxy may be named without a scheme.
        .. Addresses.Select(name => variables[name] ?? "")
        .SelectMany(proxy => OfAddress(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}")),
        .. Wholes.Select(name => variables[name] ?? ""),
        .. Pairs.SelectMany(name => (variables[name] ?? "").Split(','))
        .Select(pair => Uri.UnescapeDataString(pair[(pair.IndexOf('=') + 1)..])).SelectMany(OfHeader),
    ];

    public static IEnumerable<string> Of(Setting setting, string value)
    {
        if (setting.IsSecret)
        {
            foreach (var part in OfHeader(value))
                yield return part;
        }
        if (setting.Property.GetCustomAttribute<SecretPathAttribute>() is not null
            && Uri.TryCreate(value, UriKind.Absolute, out var whole))
            yield return whole.AbsolutePath.Trim('/');
        foreach (var part in OfAddress(value).Concat(setting.IsSecret ? OfPairs(value) : []))
            yield return part;
    }

    // A header may have a scheme before the key. A Basic login is a password in base64.
    static IEnumerable<string> OfHeader(string value)
    {
        var key = value.Split(BetweenWords)[^1];
        yield return value;
        yield return key;
        if (value.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            && Login(key)?.Split(':', 2) is [_, var password])
            yield return password;
    }

    static string? Login(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    static IEnumerable<string> OfAddress(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address))
            yield break;
        if (address.UserInfo.Split(':', 2) is [var user, { Length: > 0 } password])
        {
            yield return password;
            yield return Uri.UnescapeDataString(password);
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString($"{user}:{password}")));
        }
        // A short parameter is a version or a date.
        foreach (var pair in address.Query.TrimStart('?').Split('&'))
            if (pair.Length - pair.IndexOf('=') > OwnSecrets.Long)
                yield return pair[(pair.IndexOf('=') + 1)..];
    }

    static IEnumerable<string> OfPairs(string value) =>
        from pair in value.Split(';')
        let sign = pair.IndexOf('=')
        where sign > 0 && pair[..sign].Trim().ToUpperInvariant() is "PASSWORD" or "PWD"
        select pair[(sign + 1)..].Trim().Trim('\'', '"');
}
