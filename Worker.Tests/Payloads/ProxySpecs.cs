using System.Net;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Jobs;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A machine that reaches others only through a proxy.</summary>
public sealed class ProxySpecs
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static Task Bytes(HttpContext http) => http.Response.WriteAsync("bytes", Cancellation);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.169.254.")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("a.localhost")]
    [InlineData("metadata")]
    [InlineData("metadata.google.internal")]
    [InlineData("printer.local")]
    [InlineData("kubernetes.default.svc")]
    [InlineData("nas.home.arpa")]
    public async Task A_name_that_is_not_public_never_reaches_the_proxy(string name)
    {
        await using var proxy = new ConnectProxy();

        var failure = await Failed(proxy, $"https://{name}/");

        Assert.Equal((FailureKind.Permanent, FailureCodes.InvalidRequest), (failure.Kind, failure.Code));
        Assert.Contains("not at a public address", failure.Message, StringComparison.Ordinal);
        Assert.Empty(proxy.Heard);
    }

    [Theory]
    [InlineData("https://example.com/a.mp3", "CONNECT example.com:443 HTTP/1.1")]
    [InlineData("https://8.8.8.8/a.mp3", "CONNECT 8.8.8.8:443 HTTP/1.1")]
    [InlineData("https://localhost.example.com:8443/a.mp3", "CONNECT localhost.example.com:8443 HTTP/1.1")]
    public async Task What_is_public_goes_through_the_proxy(string url, string heard)
    {
        await using var proxy = new ConnectProxy();

        await Failed(proxy, url);

        Assert.Equal([heard], proxy.Heard);
    }

    [Theory]
    [InlineData(403, FailureKind.Permanent, "the proxy refused the connection (403)")]
    [InlineData(407, FailureKind.Permanent, "requires a login (407)")]
    [InlineData(503, FailureKind.Transient, "the proxy refused the connection (503)")]
    [InlineData(429, FailureKind.Transient, "the proxy refused the connection (429)")]
    public async Task What_the_proxy_is_sure_to_refuse_again_is_not_tried_again(int status, FailureKind kind,
        string says)
    {
        await using var proxy = new ConnectProxy { RefusesWith = status };

        var failure = await Failed(proxy, "https://example.com/a.mp3");

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_allowed_host_is_fetched_through_the_proxy_and_so_is_what_it_redirects_to()
    {
        await using var host = await FileHost.Start(http =>
        {
            if (http.Request.Path != "/a")
                return Bytes(http);
            http.Response.Redirect("https://10.0.0.1/secret");
            return Task.CompletedTask;
        });
        await using var proxy = new ConnectProxy();
        proxy.Knows("files", host.Port);

        Assert.Equal("bytes", await Fetch(proxy, "http://files/b"));
        Assert.Contains("not at a public address", (await Failed(proxy, "http://files/a")).Message,
            StringComparison.Ordinal);
        Assert.All(proxy.Heard, line => Assert.StartsWith("GET http://files/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_goes_past_the_proxy_is_checked_by_its_address()
    {
        await using var proxy = new ConnectProxy();

        var failure = await Failed(proxy, "https://localhost/", past: "localhost");

        Assert.Contains("not at a public address", failure.Message, StringComparison.Ordinal);
        Assert.Empty(proxy.Heard);
    }

    [Fact]
    public async Task The_machines_proxy_serves_calls_and_downloads_alike()
    {
        await using var provider = await OpenAIEmulator.Start(new());
        await using var host = await FileHost.Start(Bytes);
        await using var proxy = new ConnectProxy();
        var folder = Directory.CreateTempSubdirectory("openai-worker-");
        var authority = TestCertificate.Authority("proxy");
        proxy.Knows("api.example.com", provider.BaseUrl.Port, authority.Sign("api.example.com"));
        proxy.Knows("files.example.com", host.Port, authority.Sign("files.example.com"));
        var jobs = Path.Combine(folder.FullName, "jobs.jsonl");
        await File.WriteAllTextAsync(jobs,
            """{"operation":"upload-file","jobId":"j","purpose":"user_data","file":{"url":"https:"""
                + """//files.example.com/a.txt"}}""", Cancellation);

        var (code, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, "batch", jobs, "-o", Path.Combine(folder.FullName, "endings.jsonl"),
                .. TestSettings.For(null), "--OpenAI:Credentials:default:BaseUrl=https://api.example.com/v1"],
                    new Dictionary<string, string>
                    {
                        ["HTTPS_PROXY"] = proxy.Address,
                        ["NO_PROXY"] = "elsewhere.example.com",
                        ["SSL_CERT_FILE"] = authority.WriteTo(folder.FullName),
                    });

        Assert.True(code == 0, $"{code}: {said}");
        Assert.Equal(["CONNECT api.example.com:443 HTTP/1.1", "CONNECT files.example.com:443 HTTP/1.1"],
            proxy.Heard.Order());
        Assert.Equal("a.txt", Assert.Single(provider.Files).Name);
        folder.Delete(recursive: true);
    }

    static async Task<string> Fetch(ConnectProxy proxy, string url, params string[] past)
    {
        using var folder = new PayloadFolder(new() { AllowedHosts = "files" },
            new WebProxy(proxy.Address, BypassOnLocal: false, past));
        await using var payload = await folder.ClaimChecks.Open("m", new() { Url = url }, 1_000, Cancellation);
        return await new StreamReader(payload.Content).ReadToEndAsync(Cancellation);
    }

    static async Task<Failure> Failed(ConnectProxy proxy, string url, params string[] past) =>
        (await Assert.ThrowsAsync<FailureException>(() => Fetch(proxy, url, past))).Failure;
}
