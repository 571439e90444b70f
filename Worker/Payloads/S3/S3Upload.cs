using Amazon.S3;
using Amazon.S3.Model;

namespace OpenAIWorker.Payloads.S3;

/// <summary>
/// One object, sent in parts if it is large, with only one part in memory. The SDK's own transfers use a chunk encoding
/// that Google and others do not understand.
/// </summary>
sealed class S3Upload(AmazonS3Client client, string bucket, string key)
{
    // S3's minimum for a part that is not the last.
    const int PartSize = 5 * 1024 * 1024;

    static readonly TimeSpan TimeToAbort = TimeSpan.FromSeconds(10);

    readonly byte[] part = new byte[PartSize];

    public async Task Run(Stream content, CancellationToken cancellation)
    {
        var length = await Fill(content, cancellation);
        if (length < PartSize)
            Kept((await client.PutObjectAsync(new()
            {
                BucketName = bucket,
                Key = key,
                InputStream = Part(length),
                UseChunkEncoding = false
            }, cancellation)).ETag);
        else
            await SendParts(content, length, cancellation);
    }

    async Task SendParts(Stream content, int length, CancellationToken cancellation)
    {
        var upload = (await client.InitiateMultipartUploadAsync(bucket, key, cancellation)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (; length > 0; length = await Fill(content, cancellation))
                parts.Add(await SendPart(upload, parts.Count + 1, length, cancellation));
            Kept((await client.CompleteMultipartUploadAsync(
                new() { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellation)).ETag);
        }
        catch
        {
            // Unfinished parts are paid for until they are removed.
            await Abort(upload);
            throw;
        }
    }

    // The original failure is reported. The sweep finds the parts if this fails.
    async Task Abort(string upload)
    {
        using var timer = new CancellationTokenSource(TimeToAbort);
        await ((Task)client.AbortMultipartUploadAsync(bucket, key, upload, timer.Token))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<PartETag> SendPart(string upload, int number, int length, CancellationToken cancellation)
    {
        var sent = await client.UploadPartAsync(new()
        {
            BucketName = bucket,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            PartSize = length,
            InputStream = Part(length),
            UseChunkEncoding = false,
        }, cancellation);
        Kept(sent.ETag);
        return new(sent);
    }

    // Every S3 server returns a tag for what it stores; a proxy's error page has none.
    static void Kept(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
            throw new AmazonS3Exception(
                "The server answered 200 without an ETag, so the object may not be stored.");
    }

    ValueTask<int> Fill(Stream content, CancellationToken cancellation) =>
        content.ReadAtLeastAsync(part, PartSize, throwOnEndOfStream: false, cancellation);

    MemoryStream Part(int length) => new(part, 0, length, writable: false);
}
