using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.S3;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>Uploads in parts to a bucket whose server answers as a test demands.</summary>
public sealed class KilledUploadSpecs : IDisposable
{
    readonly List<string> aborted = [];
    readonly FakeTimeProvider clock = new(DateTimeOffset.Parse("2030-01-10T00:00:00Z", CultureInfo.InvariantCulture));
    S3Store? store;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_that_a_killed_worker_left_are_aborted_and_those_of_a_running_one_are_not()
    {
        await using var bucket = await Bucket();

        await store!.DeleteOlderThan(DateTimeOffset.MinValue, Cancellation);

        Assert.Equal(["old"], aborted);
    }

    [Fact]
    public async Task An_abort_that_fails_does_not_hide_what_made_it_necessary()
    {
        await using var bucket = await Bucket();

        var broken = await Assert.ThrowsAsync<IOException>(() => store!.Put("p-x", new Breaking(), Cancellation));

        Assert.Equal("It broke.", broken.Message);
        Assert.Equal(["new"], aborted.Distinct());
    }

    public void Dispose() => store?.Dispose();

    async Task<FileHost> Bucket()
    {
        var host = await FileHost.Start(Answer);
        store = new(new OptionsWrapper<PayloadsOptions>(new()
        {
            S3 = new()
            {
                Bucket = "b",
                Region = "us-east-1",
                ServiceUrl = new($"http://127.0.0.1:{host.Port}"),
                ForcePathStyle = true,
                AccessKey = "k",
                SecretKey = "s"
            },
        }), clock);
        return host;
    }

    async Task Answer(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, Cancellation);
        var (query, xml) = (http.Request.Query, "");
        if (http.Request.Method == "DELETE")
        {
            aborted.Add(query["uploadId"].ToString());
            http.Response.StatusCode = aborted[^1] == "new" ? 500 : 204;
        }
        else if (http.Request.Method == "PUT")
            http.Response.Headers.ETag = "\"1\"";
        else if (http.Request.Method == "POST")
            xml =
                "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>p-x</Key><UploadId>new</UploadId>"
                    + "</InitiateMultipartUploadResult>";
        else if (query.ContainsKey("uploads"))
            xml = "<ListMultipartUploadsResult><Bucket>b</Bucket><IsTruncated>false</IsTruncated>"
                + Upload("p-1", "old", "2030-01-08T00:00:00Z") + Upload("p-2", "young", "2030-01-09T12:00:00Z")
                + "</ListMultipartUploadsResult>";
        else
            xml = "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>";
        if (xml.Length > 0)
            await http.Response.WriteAsync(xml, Cancellation);
    }

    static string Upload(string key, string id, string begun) =>
        $"<Upload><Key>{key}</Key><UploadId>{id}</UploadId><Initiated>{begun}</Initiated></Upload>";

}
