using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Payloads.PayloadFailures;

namespace OpenAIWorker.Payloads;

/// <summary>Gives out the bytes that a request brings or points to, and takes in those that a result is to carry.</summary>
sealed class ClaimChecks(IPayloadStore store, Fetching fetching, IOptions<PayloadsOptions> options)
{
    /// <summary>The bytes of an input.</summary>
    /// <param name="member">The request's member that holds the input, for an error's sentence.</param>
    /// <param name="input">Which bytes.</param>
    /// <param name="most">More bytes than this are refused.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="FailureException">The bytes are not to be had, or too many.</exception>
    public async Task<Payload> Open(string member, BinaryInput input, long most, CancellationToken cancellation)
    {
        var opened = input switch
        {
            { Url: { } url, Base64: null, Payload: null } => await fetching.Open($"{member}.url", url, cancellation),
            { Url: null, Base64: { } base64, Payload: null } => Inline($"{member}.base64", base64),
            { Url: null, Base64: null, Payload: { } payload } => await Open($"{member}.payload", payload, cancellation),
            _ => throw Invalid(member, "needs exactly one of url, base64 and payload."),
        };
        return Bounded(member, Named(opened, input), input.Url is null ? most : Math.Min(most, options.Value.MaxDownload));
    }

    /// <summary>The bytes of a payload, for an API that takes them inside its JSON.</summary>
    public async Task<string> Base64Of(string member, PayloadRef payload, long most, CancellationToken cancellation)
    {
        await using var opened = Bounded(member, await Open(member, payload, cancellation), most);
        using var whole = new MemoryStream((int)(opened.Length ?? 0));
        await opened.Content.CopyToAsync(whole, cancellation);
        return Convert.ToBase64String(whole.GetBuffer(), 0, (int)whole.Length);
    }

    /// <summary>Keeps the bytes that a provider made: inline where they are few, else in the store.</summary>
    public async Task<BinaryOutput> Keep(Stream content, string contentType, string fileName, CancellationToken cancellation)
    {
        var head = new byte[options.Value.InlineLimit + 1];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var output = new BinaryOutput { ContentType = contentType, FileName = fileName };
        if (length > options.Value.InlineLimit)
            return Checked(output, await Store(new JoinedStream(head, content), contentType, fileName, cancellation));
        var few = head.AsMemory(0, length).Span;
        return output with { Base64 = Convert.ToBase64String(few), Length = length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(few)) };
    }

    static BinaryOutput Checked(BinaryOutput output, PayloadRef payload) =>
        output with { Payload = payload, Length = payload.Length, Sha256 = payload.Sha256 };

    async Task<PayloadRef> Store(Stream content, string contentType, string fileName, CancellationToken cancellation)
    {
        var id = PayloadId.New();
        var measured = new MeasuredStream(content);
        await store.Put(id, measured, cancellation);
        return new() { Id = id, ContentType = contentType, FileName = fileName, Length = measured.Count, Sha256 = measured.Sha256 };
    }

    async Task<Payload> Open(string member, PayloadRef payload, CancellationToken cancellation)
    {
        if (!PayloadId.IsOne(payload.Id))
            throw Invalid($"{member}.id", $"is '{payload.Id}', allowed are {PayloadId.Allowed}.");
        var stored = await store.Open(payload.Id, cancellation) ?? throw Gone(member, payload.Id, options.Value.KeepFor);
        return new(Verified(member, payload, stored), payload.ContentType ?? "", payload.FileName ?? "", stored.Length);
    }

    // A wrong hash is noticed when all is sent but the body's end, without which the provider takes nothing.
    static Stream Verified(string member, PayloadRef payload, StoredPayload stored)
    {
        if (payload.Length > 0 && payload.Length != stored.Length)
            throw Invalid($"{member}.length", $"is {payload.Length}, but payload '{payload.Id}' has {stored.Length} bytes.");
        return payload.Sha256 is not { } promised ? stored.Content : new MeasuredStream(stored.Content)
        {
            OnEnd = whole =>
            {
                if (!promised.Equals(whole.Sha256, StringComparison.OrdinalIgnoreCase))
                    throw Invalid($"{member}.sha256", $"is {promised}, but that of payload '{payload.Id}' is {whole.Sha256}.");
            },
        };
    }

    static Payload Inline(string member, string base64)
    {
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? new(new MemoryStream(bytes, 0, length, writable: false), "", "", length)
            : throw Invalid(member, "is no base64.");
    }

    static Payload Bounded(string member, Payload payload, long most) => payload.Length > most
        ? throw TooLarge(member, most, payload.Length)
        : payload with
        {
            Content = payload.Length is null
                ? new MeasuredStream(payload.Content) { OnBytes = some => { if (some.Count > most) throw TooLarge(member, most); } }
                : payload.Content,
        };

    static Payload Named(Payload payload, BinaryInput input)
    {
        var type = FirstOf(input.ContentType, payload.ContentType == ContentTypes.Unknown ? "" : payload.ContentType);
        var name = FirstOf(input.FileName, payload.FileName) ?? ContentTypes.NameFor(type);
        return payload with { ContentType = type ?? ContentTypes.OfName(name) ?? ContentTypes.Unknown, FileName = name };
    }

    static string? FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!string.IsNullOrEmpty(text))
                return text;
        return null;
    }
}
