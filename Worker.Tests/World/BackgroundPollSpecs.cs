using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.World;

/// <summary>A response in the background, polled through gateways.</summary>
public sealed class BackgroundPollSpecs
{
    const string Usage = """
        "usage":{"input_tokens":60,"output_tokens":40,"total_tokens":100}
        """;

    [Fact]
    public async Task What_it_used_is_counted_once_and_a_page_of_a_gateway_does_not_give_it_up()
    {
        await using var provider = new ProviderSocket();
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:BaseUrl={provider.BaseUrl}",
            "--OpenAI:PollInterval=00:00:00.1");
        var looks = new Queue<byte[]>(
        [
            ProviderSocket.Http(404, "application/json", """{"error":{"message":"No such response."}}"""),
            Json("in_progress"),
            ProviderSocket.Http(200, "text/html", "<!DOCTYPE html><html>Bad gateway</html>"),
            ProviderSocket.Http(200, "application/json", "{}"),
            ProviderSocket.Http(502, "text/html", "<html>Bad gateway</html>"),
            Json("in_progress"),
            Json("completed"),
        ]);
        provider.Answer("b", call =>
            call.Line.StartsWith("POST", StringComparison.Ordinal) ? Json("queued") : looks.Dequeue());

        var answer = await worker.Answer(Messages.Smallest with { JobId = "b", Background = true });

        Assert.Equal(("ok", 100L, 0), (answer.Text, answer.Usage!.TotalTokens, looks.Count));
        Assert.Single(provider.Of("b"), call => call.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    static byte[] Json(string status) => ProviderSocket.Http(200, "application/json", $$"""
        {"id":"resp_1","object":"response","status":"{{status}}","output":[{{(status == "completed" ? """{"type":"message","content":[{"type":"output_text","text":"ok"}]}""" : "")}}],{{Usage}} }
        """);
}
