using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads.Fetched;
using OpenAIWorker.Payloads.Files;
using OpenAIWorker.Payloads.Streams;
using static OpenAIWorker.Payloads.PayloadFailures;

namespace OpenAIWorker.Payloads;

/// <summary>Opens the bytes that a request contains or refers to, and stores those for a result.</summary>
sealed class ClaimChecks(IPayloadStore store, Fetching fetching, IOptions<PayloadsOptions> options)
{
    const int MostAside = 1024;

    /// <summary>The bytes of an input.</summary>
    /// <param name="member">The request's member with the input, for error messages.</param>
    /// <param name="input">The bytes, or a reference to them.</param>
    /// <param name="most">The largest number of bytes.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="FailureException">The bytes are not available, or too many.</exception>
    public async Task<Payload> Open(string member, BinaryInput input, long most, CancellationToken cancellation)
    {
        var opened = input switch
        {
            { Url: { } url, Base64: null, Payload: null } => await fetching.Open($"{member}.url", url, cancellation),
            { Url: null, Base64: { } base64, Payload: null } => Inline($"{member}.base64", base64),
            { Url: null, Base64: null, Payload: { } payload } => await Open($"{member}.payload", payload, cancellation),
            _ => throw Invalid(member, "must have exactly one of url, base64 and payload."),
        };
        return Bounded(member, Named(opened, input),
            input.Url is null ? most : Math.Min(most, options.Value.MaxDownload));
    }

    /// <summary>The bytes of a payload, for an API that accepts them inside its JSON.</summary>
    public async Task<string> Base64Of(string member, PayloadRef payload, long most, CancellationToken cancellation)
    {
        await using var opened = Bounded(member, await Open(member, payload, cancellation), most);
        using var whole = new MemoryStream((int)(opened.Length ?? 0));
        await opened.Content.CopyToAsync(whole, cancellation);
        return Convert.ToBase64String(whole.GetBuffer(), 0, (int)whole.Length);
    }

    /// <summary>
    /// Whether the store accepts bytes now: checked before paying for a call whose result must be stored.
    /// </summary>
    /// <exception cref="FailureException">It does not.</exception>
    public Task Ready(CancellationToken cancellation) => store.Try(cancellation);

    /// <summary>Stores the bytes that a provider made: inline if they are few, else in the store.</summary>
    /// <param name="made">The bytes. If they are stored already, they are not stored again.</param>
    /// <param name="inline">Whether they travel inside the event, whatever their size, because the store is unavailable
    /// and there is no more time.</param>
    /// <param name="cancellation">Stops the storing.</param>
    public async Task<BinaryOutput> Keep(InHand made, bool inline, CancellationToken cancellation)
    {
        if (made.Kept is { } kept)
            return kept;
        made.Kept = inline || made.Length <= options.Value.InlineLimit
            ? await made.Inline(cancellation)
            : await Store(made, cancellation);
        await made.DisposeAsync();
        return made.Kept;
    }

    /// <inheritdoc cref="Keep(InHand, bool, CancellationToken)"/>
    public async Task<IReadOnlyList<BinaryOutput>> Keep(IEnumerable<InHand> made, bool inline,
        CancellationToken cancellation)
    {
        var kept = new List<BinaryOutput>();
        foreach (var one in made)
            kept.Add(await Keep(one, inline, cancellation));
        return kept;
    }

    /// <summary>
    /// The same for bytes that first travel with a job from step to step, where only very few fit inline.
    /// </summary>
    public async Task<IReadOnlyList<BinaryOutput>> KeepAside(IEnumerable<InHand> made, bool inline,
        CancellationToken cancellation)
    {
        var kept = new List<BinaryOutput>();
        foreach (var one in made)
        {
            one.Kept ??= inline || one.Length <= MostAside
                ? await one.Inline(cancellation)
                : await Store(one, cancellation);
            await one.DisposeAsync();
            kept.Add(one.Kept);
        }
        return kept;
    }

    // The stream under it is needed again if this fails.
    async Task<BinaryOutput> Store(InHand made, CancellationToken cancellation)
    {
        var id = PayloadId.New();
        var measured = new MeasuredStream(made.Read());
        await store.Put(id, measured, cancellation);
        var payload = new PayloadRef
        {
            Id = id,
            ContentType = made.ContentType,
            FileName = made.FileName,
            Length = measured.Count,
            Sha256 = measured.Sha256
        };
        return new()
        {
            ContentType = made.ContentType,
            FileName = made.FileName,
            Payload = payload,
            Length = payload.Length,
            Sha256 = payload.Sha256
        };
    }

    async Task<Payload> Open(string member, PayloadRef payload, CancellationToken cancellation)
    {
        if (!PayloadId.IsOne(payload.Id))
            throw Invalid($"{member}.id", $"is {ShownValue.Of(payload.Id)}; allowed: {PayloadId.Allowed}.");
        var stored = await Stored(member, payload.Id, cancellation)
            ?? throw Gone(member, payload.Id, options.Value.KeepFor);
        return new(Verified(member, payload, stored), payload.ContentType ?? "", payload.FileName ?? "", stored.Length);
    }

    async Task<StoredPayload?> Stored(string member, string id, CancellationToken cancellation)
    {
        try
        {
            return await store.Open(id, cancellation);
        }
        catch (NoRegularFileException)
        {
            throw Invalid($"{member}.id",
                $"is {ShownValue.Of(id)}, which is a link, a folder, a pipe or a device in the store's folder. Only "
                    + "files are sent.");
        }
    }

    // A wrong hash is noticed when everything but the end of the body is sent; the provider accepts nothing without the
    // end.
    static Stream Verified(string member, PayloadRef payload, StoredPayload stored)
    {
        if (payload.Length > 0 && payload.Length != stored.Length)
            throw Invalid($"{member}.length",
                $"is {payload.Length}, but payload '{payload.Id}' has {stored.Length} bytes.");
        return payload.Sha256 is not { } promised ? stored.Content : new MeasuredStream(stored.Content)
        {
            OnEnd = whole =>
            {
                if (!promised.Equals(whole.Sha256, StringComparison.OrdinalIgnoreCase))
                    throw Invalid($"{member}.sha256",
                        $"is {promised}, but that of payload '{payload.Id}' is {whole.Sha256}.");
            },
        };
    }

    static Payload Inline(string member, string base64)
    {
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? new(new MemoryStream(bytes, 0, length, writable: false), ImageKinds.Of(bytes.AsSpan(0, length)) ?? "", "",
                length)
            : throw Invalid(member, "is not base64.");
    }

    static Payload Bounded(string member, Payload payload, long most) => payload.Length > most
        ? throw TooLarge(member, most, payload.Length)
        : payload with
        {
            Content = payload.Length is null
                ? new MeasuredStream(payload.Content)
                {
                    OnBytes = some =>
                    { if (some.Count > most) throw TooLarge(member, most); }
                }
                : payload.Content,
        };

    static Payload Named(Payload payload, BinaryInput input)
    {
        // For bytes without a type, the name is more reliable than the bytes.
        var told = input.Base64 is null
            ? payload.ContentType
            : ContentTypes.OfName(input.FileName) ?? payload.ContentType;
        var type = FirstOf(input.ContentType, told == ContentTypes.Unknown ? "" : told);
        var name = FirstOf(input.FileName, payload.FileName) ?? ContentTypes.NameFor(type);
        return payload with
        {
            ContentType = type ?? ContentTypes.OfName(name) ?? ContentTypes.Unknown,
            FileName = name
        };
    }

    static string? FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!string.IsNullOrEmpty(text))
                return text;
        return null;
    }
}
