using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// Requests and endings in the database's form: encrypted with AES-GCM if a key is set. Each names its key, so that
/// keys can be replaced while older contents can still be read. The content of one job cannot be substituted for
/// another's.
/// </summary>
sealed class ContentCipher(IOptions<RecordsOptions> options, StoreStates states)
{
    public const int KeyLength = 32;
    const int NonceLength = 12;
    const int TagLength = 16;

    /// <summary>The content in the database's form.</summary>
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

    /// <exception cref="FailureException">Its key is not in the settings, or somebody has changed it.</exception>
    public byte[] Open(JobKey job, SealedContent content)
    {
        if (content.Key is not { } id)
            return content.Bytes;
        if (options.Value.Keys.GetValueOrDefault(id) is not { } text || Read(text) is not { } key)
            throw Missing(id);
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
            throw Refused($"a record does not match the key '{id}'", $"Correct Records:Keys:{id}.");
        }
    }

    /// <summary>Null: it is not a key.</summary>
    public static byte[]? Read(string text)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyLength ? key[..length] : null;
    }

    // The length comes first, so that different pairs never give the same text.
    static byte[] Place(JobKey job) => Encoding.UTF8.GetBytes($"{job.Tenant.Length}:{job.Tenant}\n{job.Id}");

    // All jobs whose records have this key wait, while others run: otherwise nobody would hear of it.
    FailureException Missing(string id)
    {
        var cure = $"Add Records:Keys:{id} to the settings.";
        var refused = Refused($"a record is encrypted with the key '{id}'", cure);
        states.Fails("records", new($"some are encrypted with the key '{id}'", cure), refused);
        return refused;
    }

    static FailureException Refused(string why, string cure) =>
        new(StoreFailures.Of(Databases.Database.Name, new(why, cure)));
}

/// <summary>A content in the database's form.</summary>
/// <param name="Bytes">The content, encrypted or not.</param>
/// <param name="Key">The id of the key; null if it is not encrypted.</param>
readonly record struct SealedContent(byte[] Bytes, string? Key);
