using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Payloads.S3;

/// <summary>The faults of a bucket.</summary>
static class S3Faults
{
    public static StoreFault? Of(Exception broken) => broken switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } =>
            new("its bucket does not exist", "Create it, or set Payloads:S3:Bucket to one that exists."),
        AmazonS3Exception
        {
            ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken"
            or "InvalidToken"
        } =>
            new("its key is refused",
                "Correct Payloads:S3:AccessKey and Payloads:S3:SecretKey, or the machine's own credentials."),
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } =>
            new("this machine's clock is wrong", "Set the clock."),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            new("the worker lacks the rights",
                "Allow its key s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket on Payloads:S3:Bucket."),
        AmazonS3Exception
        {
            StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect
        } =>
            new("its bucket is in another region", "Correct Payloads:S3:Region or Payloads:S3:ServiceUrl."),
        AmazonS3Exception { StatusCode: HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed } =>
            new("its server does not support the request",
                "Set Payloads:S3:ServiceUrl to a server that speaks S3, and Payloads:S3:ForcePathStyle as it needs "
                    + "it."),
        AmazonS3Exception { StatusCode: HttpStatusCode.InsufficientStorage } => StoreFault.Full,
        // A time limit and a busy bucket are reported as 400 and 409, too.
        AmazonS3Exception { ErrorCode: "RequestTimeout" or "OperationAborted" } => StoreFault.Slow,
        AmazonS3Exception
        {
            StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        } =>
            new("its server refuses the request", "The worker's log has the server's words. Check Payloads:S3."),
        // A web page, or nothing, instead of XML: another server answers.
        System.Xml.XmlException => StoreFault.Unreachable,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException
            or System.Net.Sockets.SocketException => StoreFault.Unreachable,
        _ => null,
    };
}
