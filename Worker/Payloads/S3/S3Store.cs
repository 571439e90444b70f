using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Payloads.S3;

/// <summary>A bucket with one object per payload.</summary>
sealed class S3Store(IOptions<PayloadsOptions> options, TimeProvider clock) : IPayloadStore, IDisposable
{
    // No worker needs this long for one payload: older uploads were left by killed workers.
    static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    // One object for all tests; it is deleted like any other.
    const string Sample = PayloadId.Prefix + "sample";

    readonly S3Options s3 = options.Value.S3;
    readonly AmazonS3Client client = Client(options.Value.S3);

    public Task Put(string id, Stream content, CancellationToken cancellation) =>
        new S3Upload(client, s3.Bucket!, KeyOf(id)).Run(content, cancellation);

    public Task Try(CancellationToken cancellation) =>
        Put(Sample, new MemoryStream("sample"u8.ToArray()), cancellation);

    public async Task<StoredPayload?> Open(string id, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.GetObjectAsync(s3.Bucket, KeyOf(id), cancellation);
            return new(answer.ResponseStream, answer.ContentLength);
        }
        catch (AmazonS3Exception gone)
            when (gone.StatusCode == HttpStatusCode.NotFound && gone.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }

    public Task Delete(string id, CancellationToken cancellation) =>
        client.DeleteObjectAsync(s3.Bucket, KeyOf(id), cancellation);

    public async Task<Swept> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation)
    {
        var swept = new Swept(0);
        var objects = client.Paginators.ListObjectsV2(
            new() { BucketName = s3.Bucket, Prefix = s3.Prefix + PayloadId.Prefix }).S3Objects;
        await foreach (var kept in objects.WithCancellation(cancellation))
        {
            if (kept.LastModified is not { } written || written.ToUniversalTime() >= time.UtcDateTime)
                continue;
            swept = await Remove(swept, () => client.DeleteObjectAsync(s3.Bucket, kept.Key, cancellation));
        }
        return await Remove(swept, () => AbortUploads(clock.GetUtcNow() - LongestUpload, cancellation), counts: 0);
    }

    // The parts of an upload are in no list of objects, but are paid for.
    async Task AbortUploads(DateTimeOffset before, CancellationToken cancellation)
    {
        var uploads = client.Paginators.ListMultipartUploads(
            new() { BucketName = s3.Bucket, Prefix = s3.Prefix + PayloadId.Prefix }).Uploads;
        try
        {
            await foreach (var upload in uploads.WithCancellation(cancellation))
                if (upload.Initiated is { } begun && begun.ToUniversalTime() < before.UtcDateTime)
                    await client.AbortMultipartUploadAsync(s3.Bucket, upload.Key, upload.UploadId, cancellation);
        }
        catch (AmazonS3Exception unknown) when (unknown.StatusCode == HttpStatusCode.NotImplemented)
        {
            // A server that does not list them deletes them itself, or not at all.
        }
    }

    // An object that may not be deleted is left; an unavailable bucket is tried the next time.
    static async Task<Swept> Remove(Swept swept, Func<Task> remove, int counts = 1)
    {
        try
        {
            await remove();
            return swept with { Deleted = swept.Deleted + counts };
        }
        catch (AmazonS3Exception stays) when (S3Faults.Of(stays) is { IsForGood: true })
        {
            return swept.And(stays);
        }
    }

    public void Dispose() => client.Dispose();

    static AmazonS3Client Client(S3Options s3)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = s3.ForcePathStyle,
            Timeout = s3.Timeout,
            // The broker retries for longer than this. One immediate retry is for a connection that the server has
            // closed.
            MaxErrorRetry = 1,
            // Amazon's own checksums, which other servers refuse.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (s3.ServiceUrl is not null)
            (config.ServiceURL, config.AuthenticationRegion) = (s3.ServiceUrl.AbsoluteUri, s3.Region);
        else if (s3.Region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(s3.Region);
        return string.IsNullOrEmpty(s3.AccessKey) ? new(config) : new(s3.AccessKey, s3.SecretKey, config);
    }

    string KeyOf(string id) => PayloadId.IsOne(id)
        ? s3.Prefix + id
        : throw new ArgumentException($"'{id}' is not a payload id.", nameof(id));
}
