using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Payloads;

/// <summary>A bucket with an object for each payload.</summary>
sealed class S3Store(IOptions<PayloadsOptions> options) : IPayloadStore, IDisposable
{
    readonly S3Options s3 = options.Value.S3;
    readonly AmazonS3Client client = Client(options.Value.S3);

    public Task Put(string id, Stream content, CancellationToken cancellation) => new S3Upload(client, s3.Bucket!, KeyOf(id)).Run(content, cancellation);

    public async Task<StoredPayload?> Open(string id, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.GetObjectAsync(s3.Bucket, KeyOf(id), cancellation);
            return new(answer.ResponseStream, answer.ContentLength);
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound && gone.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }

    public Task Delete(string id, CancellationToken cancellation) => client.DeleteObjectAsync(s3.Bucket, KeyOf(id), cancellation);

    public async Task<int> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation)
    {
        var deleted = 0;
        var objects = client.Paginators.ListObjectsV2(new() { BucketName = s3.Bucket, Prefix = s3.Prefix + PayloadId.Prefix }).S3Objects;
        await foreach (var kept in objects.WithCancellation(cancellation))
        {
            if (kept.LastModified is not { } written || written.ToUniversalTime() >= time.UtcDateTime)
                continue;
            await client.DeleteObjectAsync(s3.Bucket, kept.Key, cancellation);
            deleted++;
        }
        return deleted;
    }

    public void Dispose() => client.Dispose();

    static AmazonS3Client Client(S3Options s3)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = s3.ForcePathStyle,
            // Checksums of Amazon's own kind, which other servers refuse.
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
        : throw new ArgumentException($"'{id}' is no payload's id.", nameof(id));
}
