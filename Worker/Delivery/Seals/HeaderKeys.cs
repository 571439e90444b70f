using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery.Seals;

/// <summary>
/// The keys with which workers sign their own headers: the first signs, all are accepted. They come from the settings,
/// else from the broker (<see cref="HeaderKeyStream"/>): it holds the jobs that are signed, all workers reach it, and
/// senders cannot read there.
/// </summary>
sealed class HeaderKeys
{
    public const int Bytes = 32;

    // The signing key, and the keys before it.
    const int Accepted = 3;

    readonly Lock guard = new();
    volatile byte[][] all;

    public HeaderKeys(IOptions<DeliveryOptions> options)
    {
        IsGiven = !string.IsNullOrEmpty(options.Value.HeaderKey);
        all = [.. new[] { options.Value.HeaderKey, options.Value.OldHeaderKey }
            .Where(text => !string.IsNullOrEmpty(text)).Select(text => SHA256.HashData(Encoding.UTF8.GetBytes(text!)))];
        if (!IsGiven)
            all = [RandomNumberGenerator.GetBytes(Bytes), .. all];
    }

    /// <summary>Whether the settings have the key.</summary>
    public bool IsGiven { get; }

    public byte[] Signing => all[0];

    public IReadOnlyList<byte[]> All => all;

    /// <summary>Signs with this key from now on.</summary>
    public void Agree(byte[] key)
    {
        lock (guard)
            all = [key, .. all.Where(other => !other.AsSpan().SequenceEqual(key)).Take(Accepted - 1)];
    }
}
