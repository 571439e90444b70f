using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MassTransit;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Seals;

/// <summary>The job that a signature belongs to: it is valid for no other job, operation or body.</summary>
readonly record struct SealedJob(string Operation, string Id, ReadOnlyMemory<byte> Body);

/// <summary>
/// Signs the headers that workers write for each other (HMAC-SHA256). Senders can write any header, and counts, usage
/// and state decide how often a provider is paid. So none is trusted without a signature.
/// </summary>
sealed class HeaderSeal(HeaderKeys keys)
{
    public const string Header = "openai-worker-seal";

    /// <summary>The headers, and their signature.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Sealed(IReadOnlyList<KeyValuePair<string, object?>> headers,
        SealedJob job, string header = Header)
    {
        var texts = headers.Select(pair =>
            KeyValuePair.Create(pair.Key, Convert.ToString(pair.Value, CultureInfo.InvariantCulture)));
        return [.. headers, new(header, Convert.ToBase64String(Of(keys.Signing, texts, job)))];
    }

    /// <summary>The signature of a message between workers, which has no other headers.</summary>
    public string Of(SealedJob message) => Convert.ToBase64String(Of(keys.Signing, [], message));

    /// <summary>Whether a worker of this installation wrote the message.</summary>
    public bool Holds(byte[] seal, SealedJob message) =>
        Bytes(Encoding.UTF8.GetString(seal)) is { } given
            && keys.All.Any(key => CryptographicOperations.FixedTimeEquals(Of(key, [], message), given));

    /// <summary>Whether a worker of this installation wrote the headers of these names, for this job.</summary>
    public bool Holds(Headers headers, IEnumerable<string> names, SealedJob job, string header = Header)
    {
        var texts = names.Where(name => headers.TryGetHeader(name, out _))
            .Select(name => KeyValuePair.Create(name, TextOf(headers, name))).ToList();
        // A worker never writes a list or a table as a header; it would be read beside the signed ones.
        return headers.Text(header) is { } text && texts.TrueForAll(pair => pair.Value is not null)
            && Holds(text, job, texts);
    }

    /// <summary>Whether a text is the signature of a body and headers.</summary>
    public bool Holds(string text, SealedJob job, params IReadOnlyList<KeyValuePair<string, string?>> headers) =>
        Bytes(text) is { } given && keys.All.Any(key =>
            CryptographicOperations.FixedTimeEquals(Of(key, headers, job), given));

    static string? TextOf(Headers headers, string name) =>
        headers.Text(name) ?? headers.Number(name)?.ToString(CultureInfo.InvariantCulture);

    // Each part is preceded by its length, so that different lists of parts never give the same bytes.
    static byte[] Of(byte[] key, IEnumerable<KeyValuePair<string, string?>> headers, SealedJob job)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(hash, "openai-worker 1");
        Append(hash, job.Operation);
        Append(hash, job.Id);
        Append(hash, job.Body.Span);
        foreach (var (name, text) in headers)
        {
            Append(hash, name);
            Append(hash, text ?? "");
        }
        return hash.GetHashAndReset();
    }

    static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    static byte[]? Bytes(string text)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == bytes.Length ? bytes : null;
    }
}
