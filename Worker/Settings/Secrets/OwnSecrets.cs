using System.Buffers;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings.Secrets;

/// <summary>
/// Masks the worker's own keys and passwords in texts from others. Some providers repeat a key when they refuse it, and
/// readers of events, logs or traces must not learn it. A long secret is found anywhere, a short one only if it stands
/// alone. Plain words are not masked: <c>ollama</c> or <c>not-needed</c> occur in answers by chance, and are not secret
/// (<see cref="ShortSecret"/>).
/// </summary>
sealed class OwnSecrets(KnownSettings settings)
{
    /// <summary>From this length on, a secret does not occur by chance, not even inside another word.</summary>
    public const int Long = 12;

    static readonly byte[] Mask = "***"u8.ToArray();

    volatile Form[] forms = [];

    public static OwnSecrets Of(IConfiguration configuration, KnownSettings settings)
    {
        var secrets = new OwnSecrets(settings);
        secrets.Learn(configuration);
        return secrets;
    }

    /// <summary>Adds the secrets of a configuration. Earlier ones stay, because running calls still use them.</summary>
    public void Learn(IConfiguration configuration) => forms =
    [
        .. In(configuration).Where(IsOne)
            .SelectMany(secret => SecretForms.Of(secret).Select(text => new Form(text, secret.Length < Long)))
            .Concat(forms).DistinctBy(form => (form.Spelling, form.MustStandAlone))
            .OrderByDescending(form => form.Spelling.Length),
    ];

    static bool IsOne(string secret) => secret.Length < Long ? ShortSecret.Is(secret) : !ShortSecret.IsPhrase(secret);

    IEnumerable<string> In(IConfiguration configuration) =>
        (from setting in settings.All
         from path in EffectiveSettings.Paths(setting.Path, configuration)
         let value = configuration[path]
         where !string.IsNullOrEmpty(value)
         from secret in SecretParts.Of(setting, value)
         select secret).Concat(SecretParts.OfEnvironment(configuration));

    /// <summary>The text with every secret replaced by a mask.</summary>
    public string Masked(string text)
    {
        if (forms.Length == 0)
            return text;
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        var masked = Masked(bytes);
        return masked.Equals(bytes) ? text : Encoding.UTF8.GetString(masked.Span);
    }

    /// <summary>The same for UTF-8. Returns the same memory if it contains no secret.</summary>
    public ReadOnlyMemory<byte> Masked(ReadOnlyMemory<byte> text)
    {
        foreach (var form in forms)
            if (form.In(text.Span) is >= 0 and var first)
                text = Masked(text.Span, form, first);
        return text;
    }

    // In one pass: a provider knows the key, and could repeat it a million times.
    static ReadOnlyMemory<byte> Masked(ReadOnlySpan<byte> text, Form form, int place)
    {
        var masked = new ArrayBufferWriter<byte>(text.Length);
        var done = 0;
        for (; place >= 0; place = form.In(text, done))
        {
            masked.Write(text[done..place]);
            masked.Write(Mask);
            done = place + form.Text.Length;
        }
        masked.Write(text[done..]);
        return masked.WrittenMemory;
    }

    /// <summary>A spelling of a secret.</summary>
    sealed record Form(string Spelling, bool MustStandAlone)
    {
        public byte[] Text { get; } = Encoding.UTF8.GetBytes(Spelling);

        /// <summary>Its position in the text, or -1.</summary>
        public int In(ReadOnlySpan<byte> text, int from = 0)
        {
            for (int next; (next = text[from..].IndexOf(Text)) >= 0; from += next + 1)
                if (!MustStandAlone || ShortSecret.StandsAlone(text, from + next, Text.Length))
                    return from + next;
            return -1;
        }
    }
}
