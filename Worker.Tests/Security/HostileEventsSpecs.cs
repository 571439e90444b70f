using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>A call that accepts a stream of events, which HTTP clients like to open again by themselves.</summary>
public sealed class HostileEventsSpecs
{
    static readonly CallApi Job = Messages.Call with
    {
        Headers = new Dictionary<string, string> { ["Accept"] = "text/event-stream" },
        MaxRetries = 0
    };

    [Theory]
    [InlineData("/v1/other")]
    [InlineData("http://127.0.0.1:9/v1/other")]
    public async Task A_redirect_is_not_followed(string target)
    {
        await using var provider = await FileHost.Start(http =>
        {
            (http.Response.StatusCode, http.Response.Headers.Location) = (307, target);
            return Task.CompletedTask;
        });

        Assert.Equal((FailureCodes.NotFound, 1), (await Ending(provider), provider.Calls));
    }

    [Fact]
    public async Task Events_that_break_off_are_not_requested_again()
    {
        await using var provider = await FileHost.Start(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("id: 1\nretry: 0\ndata: {}\n\n");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });

        Assert.Equal((FailureCodes.Unreachable, 1), (await Ending(provider), provider.Calls));
    }

    static async Task<string?> Ending(FileHost provider)
    {
        await using var worker = await EmbeddedWorker.Start(
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1");
        return (await worker.Failure(Job)).Code;
    }
}
