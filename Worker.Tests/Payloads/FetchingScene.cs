using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A host on this machine from which only tests may download.</summary>
public abstract class FetchingScene
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static Task Bytes(HttpContext http) => http.Response.WriteAsync("bytes", Cancellation);

    private protected static Task Redirect(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private protected static async Task<(string Text, string Type, string Name)> Fetch(string url,
        string? allowed = "127.0.0.1")
    {
        using var folder = new PayloadFolder(new() { AllowedHosts = allowed, MaxDownload = 100 });
        await using var payload = await folder.ClaimChecks.Open("m", new() { Url = url }, 1_000, Cancellation);
        return (await new StreamReader(payload.Content).ReadToEndAsync(Cancellation), payload.ContentType,
            payload.FileName);
    }

    private protected static async Task<Failure> Failed(string url, string? allowed = "127.0.0.1") =>
        (await Assert.ThrowsAsync<FailureException>(() => Fetch(url, allowed))).Failure;

    private protected static async Task<Failure> Refused(string url, string? allowed = "127.0.0.1")
    {
        var failure = await Failed(url, allowed);
        Assert.Equal((FailureKind.Permanent, FailureCodes.InvalidRequest), (failure.Kind, failure.Code));
        return failure;
    }
}
