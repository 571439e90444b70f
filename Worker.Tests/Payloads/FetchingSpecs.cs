using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Fetched;

namespace OpenAIWorker.Tests.Payloads;

public sealed class FetchingSpecs
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static Task Bytes(HttpContext http) => http.Response.WriteAsync("bytes", Cancellation);

    [Fact]
    public async Task What_an_address_points_to_is_fetched_with_its_name_and_type()
    {
        await using var host = await FileHost.Start(http =>
        {
            http.Response.ContentType = "audio/wav; codecs=1";
            return Bytes(http);
        });

        Assert.Equal(("bytes", "audio/wav", "a call.mp3"),
            await Fetch($"http://127.0.0.1:{host.Port}/x/a%20call.mp3?y=z"));
    }

    [Fact]
    public async Task Name_that_the_host_gives_goes_first_without_its_folders()
    {
        await using var host = await FileHost.Start(http =>
        {
            http.Response.Headers.ContentDisposition = "attachment; filename=\"../../b.pdf\"";
            return Bytes(http);
        });

        Assert.Equal(("bytes", "application/pdf", "b.pdf"), await Fetch($"http://127.0.0.1:{host.Port}/a"));
    }

    [Fact]
    public async Task Redirects_are_followed()
    {
        await using var host = await FileHost.Start(http =>
            http.Request.Path == "/c.txt" ? Bytes(http) : Redirect(http, "/c.txt"));

        Assert.Equal(("bytes", "text/plain", "c.txt"), await Fetch($"http://127.0.0.1:{host.Port}/a"));
    }

    [Fact]
    public async Task Redirects_end()
    {
        await using var host = await FileHost.Start(http => Redirect(http, "/again"));

        var failure = await Refused($"http://127.0.0.1:{host.Port}/a");

        Assert.Equal("m.url leads over more than 5 redirects (Payloads:MaxRedirects).", failure.Message);
        Assert.Equal(6, host.Calls);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[fe80::1]")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("224.0.0.1")]
    public async Task Host_that_is_not_public_is_never_connected_to(string name)
    {
        await using var host = await FileHost.Start(Bytes);

        var failure = await Refused($"https://{name}:{host.Port}/", allowed: null);

        Assert.Contains("at no public address", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Calls);
    }

    // Some machines resolve these names and some do not; none may connect.
    [Theory]
    [InlineData("localhost.")]
    [InlineData("１２７.0.0.1")]
    [InlineData("localhost.localdomain")]
    [InlineData("ip6-localhost")]
    public async Task Other_name_of_this_machine_does_not_help(string name)
    {
        await using var host = await FileHost.Start(Bytes);

        await Failed($"https://{name}:{host.Port}/", allowed: null);

        Assert.Equal(0, host.Calls);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/b", "at no public address")]
    [InlineData("https://[::1]:{0}/b", "at no public address")]
    [InlineData("http://127.0.0.1:{0}/b", "allowed is https")]
    [InlineData("http://169.254.169.254/latest/meta-data", "allowed is https")]
    [InlineData("file:///etc/passwd", "allowed is https")]
    [InlineData("http://user:password@localhost:{0}/b", "a user's name or password")]
    public async Task Each_redirect_is_checked_like_the_first_address(string target, string says)
    {
        FileHost host = null!;
        await using (host = await FileHost.Start(http => http.Request.Path == "/b"
            ? Bytes(http)
            : Redirect(http, target.Replace("{0}", $"{host.Port}", StringComparison.Ordinal))))
        {
            var failure = await Refused($"http://localhost:{host.Port}/a", allowed: "localhost");

            Assert.Contains(says, failure.Message, StringComparison.Ordinal);
            Assert.Equal(1, host.Calls);
        }
    }

    [Theory]
    [InlineData("http://example.com/a", "allowed is https")]
    [InlineData("ftp://example.com/a", "allowed is https")]
    [InlineData("file:///etc/passwd", "allowed is https")]
    [InlineData("data:text/plain,hello", "allowed is https")]
    [InlineData("https://user@example.com/a", "a user's name or password")]
    [InlineData("a.mp3", "is no address")]
    [InlineData("", "is no address")]
    public async Task Address_of_another_kind_is_refused(string url, string says) =>
        Assert.Contains(says, (await Refused(url)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(404, FailureKind.Permanent, FailureCodes.InvalidRequest)]
    [InlineData(403, FailureKind.Permanent, FailureCodes.InvalidRequest)]
    [InlineData(304, FailureKind.Permanent, FailureCodes.InvalidRequest)]
    [InlineData(408, FailureKind.Transient, FailureCodes.Unreachable)]
    [InlineData(429, FailureKind.Transient, FailureCodes.Unreachable)]
    [InlineData(500, FailureKind.Transient, FailureCodes.Unreachable)]
    [InlineData(503, FailureKind.Transient, FailureCodes.Unreachable)]
    public async Task What_may_pass_at_the_host_is_tried_again_and_nothing_else(int status, FailureKind kind,
        string code)
    {
        await using var host = await FileHost.Start(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var failure = await Failed($"http://127.0.0.1:{host.Port}/a");

        Assert.Equal((kind, code, "m.url"), (failure.Kind, failure.Code, failure.Member));
        Assert.Contains($"{status}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_that_hangs_up_is_tried_again()
    {
        await using var host = await FileHost.Start(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        var failure = await Failed($"http://127.0.0.1:{host.Port}/a");

        Assert.Equal((FailureKind.Transient, FailureCodes.Unreachable, "m.url"),
            (failure.Kind, failure.Code, failure.Member));
    }

    [Fact]
    public async Task Host_that_hangs_up_in_mid_answer_is_tried_again()
    {
        await using var host = await FileHost.Start(async http =>
        {
            await Bytes(http);
            await http.Response.Body.FlushAsync(Cancellation);
            http.Abort();
        });

        Assert.Equal(FailureKind.Transient, (await Failed($"http://127.0.0.1:{host.Port}/a")).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_many_bytes_are_refused_whether_announced_or_not(bool announced)
    {
        await using var host = await FileHost.Start(http =>
        {
            http.Response.ContentLength = announced ? 101 : null;
            return http.Response.WriteAsync(new string('x', 101), Cancellation);
        });

        var failure = await Refused($"http://127.0.0.1:{host.Port}/a");

        Assert.Contains("100", failure.Message, StringComparison.Ordinal);
    }

    static Task Redirect(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }

    static async Task<(string Text, string Type, string Name)> Fetch(string url, string? allowed = "127.0.0.1")
    {
        using var folder = new PayloadFolder(new() { AllowedHosts = allowed, MaxDownload = 100 });
        await using var payload = await folder.ClaimChecks.Open("m", new() { Url = url }, 1_000, Cancellation);
        return (await new StreamReader(payload.Content).ReadToEndAsync(Cancellation), payload.ContentType,
            payload.FileName);
    }

    static async Task<Failure> Failed(string url, string? allowed = "127.0.0.1") =>
        (await Assert.ThrowsAsync<FailureException>(() => Fetch(url, allowed))).Failure;

    static async Task<Failure> Refused(string url, string? allowed = "127.0.0.1")
    {
        var failure = await Failed(url, allowed);
        Assert.Equal((FailureKind.Permanent, FailureCodes.InvalidRequest), (failure.Kind, failure.Code));
        return failure;
    }
}
