using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// Requests and endings as the database keeps them: encrypted where a key is set, with AES in GCM. Each names its key,
/// so that keys can be replaced while older contents are still read. What belongs to one job cannot be put in another's
/// place.
/// </summary>
sealed class ContentCipher(IOptions<RecordsOptions> options)
{
    public const int KeyLength = 32;
    const int NonceLength = 12;
    const int TagLength = 16;

    /// <summary>As it is kept.</summary>
    public SealedContent Seal(JobKey job, byte[] content)
    {
        if (options.Value.Key is not { Length: > 0 } id)
            return new(content, null);
        var (sealedContent, nonce) = (new byte[NonceLength + TagLength + content.Length],
            RandomNumberGenerator.GetBytes(NonceLength));
        nonce.CopyTo(sealedContent, 0);
        using var cipher = new AesGcm(Read(options.Value.Keys[id])!, TagLength);
        cipher.Encrypt(nonce, content, sealedContent.AsSpan(NonceLength + TagLength),
            sealedContent.AsSpan(NonceLength, TagLength), Place(job));
        return new(sealedContent, id);
    }

    /// <exception cref="FailureException">Its key is not in the settings, or it was changed by somebody
    /// else.</exception>
    public byte[] Open(JobKey job, SealedContent content)
    {
        if (content.Key is not { } id)
            return content.Bytes;
        if (options.Value.Keys.GetValueOrDefault(id) is not { } text || Read(text) is not { } key)
            throw Refused($"a record is encrypted with the key '{id}'", $"Add Records:Keys:{id} to the settings.");
        if (content.Bytes.Length < NonceLength + TagLength)
            throw Refused("a record is damaged", "Restore the database from a backup, or purge the job.");
        var opened = new byte[content.Bytes.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(content.Bytes.AsSpan(0, NonceLength), content.Bytes.AsSpan(NonceLength + TagLength),
                content.Bytes.AsSpan(NonceLength, TagLength), opened, Place(job));
            return opened;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Refused($"a record does not fit the key '{id}'", $"Correct Records:Keys:{id}.");
        }
    }

    /// <summary>Null: it is no key.</summary>
    public static byte[]? Read(string text)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyLength ? key[..length] : null;
    }

    // Its length first: neither name can reach into the other.
    static byte[] Place(JobKey job) => Encoding.UTF8.GetBytes($"{job.Tenant.Length}:{job.Tenant}\n{job.Id}");

    static FailureException Refused(string why, string cure) =>
        new(StoreFailures.Of(Databases.Database.Name, new(why, cure)));
}

/// <summary>A content as the database has it.</summary>
/// <param name="Bytes">The content, encrypted or not.</param>
/// <param name="Key">The id of the key; null where it is not encrypted.</param>
readonly record struct SealedContent(byte[] Bytes, string? Key);
