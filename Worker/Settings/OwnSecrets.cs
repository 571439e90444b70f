using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>
/// The worker's own keys and passwords, to be found in what others say: some providers repeat a key in their refusals, and nobody who reads events, logs
/// or traces is to learn it from there.
/// </summary>
sealed class OwnSecrets
{
    /// <summary>A shorter one is a word that stands in texts by chance, such as the key of a provider that wants none.</summary>
    public const int Shortest = 12;

    const string Mask = "***";
    static readonly byte[] MaskBytes = "***"u8.ToArray();

    volatile (string Text, byte[] Bytes)[] secrets = [];

    public static OwnSecrets Of(IConfiguration configuration)
    {
        var secrets = new OwnSecrets();
        secrets.Learn(configuration);
        return secrets;
    }

    /// <summary>Those of a configuration too. The ones before stay: calls that run have them still.</summary>
    public void Learn(IConfiguration configuration) => secrets =
    [
        .. In(configuration).Where(secret => secret.Length >= Shortest).SelectMany(Spellings).Concat(secrets.Select(secret => secret.Text)).Distinct()
            .OrderByDescending(secret => secret.Length).Select(secret => (secret, Encoding.UTF8.GetBytes(secret))),
    ];

    static IEnumerable<string> In(IConfiguration configuration) =>
        from setting in SettingsCatalog.All
        from path in EffectiveSettings.Paths(setting.Path, configuration)
        let value = configuration[path]
        where !string.IsNullOrEmpty(value)
        from secret in SecretParts.Of(setting, value)
        select secret;

    /// <summary>The text, with a mask in the place of each secret.</summary>
    public string Masked(string text)
    {
        foreach (var (secret, _) in secrets)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The same for a text in UTF-8. It is the same array where it has none.</summary>
    public ReadOnlyMemory<byte> Masked(ReadOnlyMemory<byte> text)
    {
        foreach (var (_, secret) in secrets)
            if (text.Span.IndexOf(secret) is >= 0 and var first)
                text = Masked(text.Span, secret, first);
        return text;
    }

    // In one pass: a provider knows the key, and may say it a million times.
    static ReadOnlyMemory<byte> Masked(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret, int place)
    {
        var masked = new ArrayBufferWriter<byte>(text.Length);
        for (; place >= 0; place = text.IndexOf(secret))
        {
            masked.Write(text[..place]);
            masked.Write(MaskBytes);
            text = text[(place + secret.Length)..];
        }
        masked.Write(text);
        return masked.WrittenMemory;
    }

    // As it is, in JSON, and in an address.
    static IEnumerable<string> Spellings(string secret) =>
    [
        secret, JavaScriptEncoder.Default.Encode(secret), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret), Uri.EscapeDataString(secret),
    ];
}
