using Amazon.S3;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.S3;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A proxy or portal that answers instead of a bucket.</summary>
public sealed class S3PageSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(6 * 1024 * 1024)]
    public async Task A_page_with_status_200_keeps_nothing(int length)
    {
        await using var portal = await FileHost.Start(http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<html>Welcome</html>");
        });
        using var store = Store(portal);

        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            store.Put("p-1", new MemoryStream(new byte[length]), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("<CompleteMultipartUploadResult><Key>p-1</Key></CompleteMultipartUploadResult>")]
    [InlineData("")]
    public async Task A_page_at_the_end_of_an_upload_keeps_nothing_either(string page)
    {
        await using var portal = await FileHost.Start(http =>
        {
            if (http.Request.Method == "PUT")
                http.Response.Headers.ETag = "\"1\"";
            http.Response.ContentType = "application/xml";
            return http.Response.WriteAsync(http.Request.Query.ContainsKey("uploads")
                ? "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
                : http.Request.Method == "POST" ? page
                : "");
        });
        using var store = Store(portal);

        var broken = await Assert.ThrowsAnyAsync<Exception>(() =>
            store.Put("p-1", new MemoryStream(new byte[6 * 1024 * 1024]), TestContext.Current.CancellationToken));

        Assert.Equal(StoreFault.Unreachable, S3Faults.Of(broken));
    }

    static S3Store Store(FileHost portal) => new(new OptionsWrapper<PayloadsOptions>(new()
    {
        S3 = new()
        {
            ServiceUrl = new($"http://127.0.0.1:{portal.Port}"),
            Region = "us-east-1",
            Bucket = "b",
            ForcePathStyle = true,
            AccessKey = "a",
            SecretKey = "b"
        },
    }), TimeProvider.System);
}
