using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Payloads;

public sealed class FetchingSpecs : FetchingScene
{
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

        Assert.Equal("m.url leads through more than 5 redirects (Payloads:MaxRedirects).", failure.Message);
        Assert.Equal(6, host.Calls);
    }

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
}
