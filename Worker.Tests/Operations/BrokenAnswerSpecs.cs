using System.Text;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Answers of status 200 that are not a success, from proxies and careless providers.</summary>
public class BrokenAnswerSpecs
{
    static readonly (JobRequest Request, string Type, string Body, string Says)[] Broken =
    [
        (Messages.Speech, "application/json", """{"note":"Busy"}""",
            "a body of type application/json instead of bytes"),
        (Messages.Speech, "text/html; charset=utf-8", "<html>Sign in</html>",
            "a body of type text/html instead of bytes"),
        (Messages.Speech, "audio/mpeg", "", "an empty body"),
        (Messages.Transcription, "application/json", "[]", "has no text"),
        (Messages.Transcription, "application/json", """{"text":7}""", "has no text"),
        (Messages.Translation, "application/json", "{}", "has no text"),
        (Messages.Image, "text/html", "<html>Sign in</html>", "not a JSON object"),
        (Messages.Image, "application/json", "[]", "not a JSON object"),
        (Messages.Image, "application/json", "{}", "no images"),
        (Messages.Image, "application/json", """{"data":[]}""", "no images"),
        (Messages.Image, "application/json", """{"data":[{}]}""", "an item without an image or an address"),
        (Messages.Image, "application/json", """{"data":[{"b64_json":"?"}]}""", "not base64"),
        (Messages.Edit, "application/json", """{"data":[{"b64_json":"!"}]}""", "not base64"),
        (Messages.Embeddings, "application/json", """{"data":[]}""", "0 vectors"),
        (Messages.Embeddings, "application/json", """{"data":[{"embedding":[1]},{"embedding":[2]}]}""", "2 vectors"),
        (Messages.Embeddings, "application/json", """{"data":[{"embedding":["x"]}]}""", "neither numbers nor base64"),
        (Messages.Embeddings, "application/json", """{"data":[{}]}""", "neither numbers nor base64"),
        (new ListFiles(), "application/json", "{}", "something other than a list of files"),
        (new ListFiles(), "application/json", """{"data":{"a":{"id":"file-1"}}}""",
            "something other than a list of files"),
        (new ListFiles(), "application/json", """{"data":[{"filename":"a.txt"}]}""", "no id"),
        (Messages.Upload, "application/json", "{}", "no id"),
        (new ClassifyText { Text = "x" }, "application/json", "{}", "no results"),
        (new ClassifyText { Text = "x" }, "application/json", """{"results":[{"flagged":"no"}]}""",
            "a result without a verdict"),
        (new CreateConversation(), "application/json", "{}", "no id"),
        (Messages.Ada with { KnowledgeFileIds = ["f"] }, "application/json", "{}", "a vector store that has no id"),
        (Messages.Call, "application/json", "", "not JSON"),
        (Messages.Call, "application/problem+json", "<html>", "not JSON"),
    ];

    [Fact]
    public async Task What_is_no_success_is_tried_again_unless_it_is_a_page()
    {
        var (type, body) = ("", "");
        await using var provider = await FileHost.Start(http =>
        {
            (http.Response.ContentType, http.Response.Headers["x-request-id"]) = (type, "req_1");
            return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
        });
        await using var worker = await EmbeddedWorker.Start(
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1");

        foreach (var answer in Broken)
        {
            (type, body) = (answer.Type, answer.Body);

            var failure = await worker.Failure(answer.Request with { MaxRetries = 0 });

            // Images that arrived are paid for, even if they are unusable.
            var kind = answer.Body.StartsWith('<')
                || answer.Says is "an item without an image or an address" or "not base64"
                ? FailureKind.Permanent
                : FailureKind.Transient;
            Assert.Equal((FailureCodes.BrokenAnswer, kind, 200, "req_1"),
                (failure.Code, failure.Kind, failure.Status!.Value, failure.RequestId));
            Assert.Contains(answer.Says, failure.Message, StringComparison.Ordinal);
        }
        Assert.Equal(Broken.Length, provider.Calls);
    }

    [Fact]
    public async Task A_time_that_is_none_and_a_score_that_is_none_are_left_out()
    {
        var body = "";
        await using var provider = await FileHost.Start(http => http.Response.WriteAsync(body));
        await using var worker = await EmbeddedWorker.Start(
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1");

        body = """{"id":"file-1","created_at":9999999999999}""";
        Assert.Equal(("file-1", null),
            (await worker.Answer(Messages.Upload)).File is { } file ? (file.Id, file.CreatedAt) : default);
        body = """{"id":"conv_1","created_at":-99999999999999}""";
        Assert.Equal(("conv_1", null), (await worker.Answer(new CreateConversation())).Conversation is { } made
            ? (made.Id, made.CreatedAt)
            : default);
        body = """{"results":[{"flagged":true,"categories":{"a":"x"},"category_scores":{"a":"x","b":0.5}}]}""";
        var result = Assert.Single((await worker.Answer(new ClassifyText { Text = "x" })).Results!);
        Assert.Empty(result.Categories);
        Assert.Equal(0.5, Assert.Single(result.CategoryScores).Value);
    }

    [Fact]
    public async Task An_empty_answer_that_was_billed_is_asked_for_once()
    {
        await using var provider = await FileHost.Start(http => http.Response.WriteAsync(
            """{"choices":[{"message":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":"""
                + """11,"completion_tokens":7,"total_tokens":18}}"""));
        await using var worker = await EmbeddedWorker.Start(
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1");

        var failure = await worker.Failure(Messages.SmallestChat);

        Assert.Equal((FailureCodes.BrokenAnswer, FailureKind.Permanent, 1, 7L),
            (failure.Code, failure.Kind, provider.Calls, failure.Usage!.OutputTokens));
        Assert.Contains("finish reason stop, 11 input tokens, 7 output tokens", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_that_names_no_type_is_believed()
    {
        await using var provider = await FileHost.Start(http =>
            http.Response.Body.WriteAsync(new byte[] { 1 }).AsTask());
        await using var worker = await EmbeddedWorker.Start(
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1");

        var audio = (await worker.Answer(Messages.Speech)).Audio!;

        Assert.Equal(("audio/mpeg", "speech.mp3", 1), (audio.ContentType, audio.FileName, audio.Length));
    }
}
