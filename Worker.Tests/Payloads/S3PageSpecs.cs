using Amazon.S3;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.S3;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A proxy or a portal that answers in a bucket's place.</summary>
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
        using var store = new S3Store(new OptionsWrapper<PayloadsOptions>(new()
        {
            S3 = new() { ServiceUrl = new($"http://127.0.0.1:{portal.Port}"), Region = "us-east-1", Bucket = "b", ForcePathStyle = true, AccessKey = "a", SecretKey = "b" },
        }), TimeProvider.System);

        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => store.Put("p-1", new MemoryStream(new byte[length]), TestContext.Current.CancellationToken));
    }
}
