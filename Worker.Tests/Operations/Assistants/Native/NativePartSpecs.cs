using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Operations.Assistants.Native;

/// <summary>
/// The messages of a provider's assistant, part by part: none is dropped, and an empty answer is not a success.
/// </summary>
public sealed class NativePartSpecs
{
    [Theory]
    [InlineData("""[{"type":"refusal","refusal":"No."}]""", """{"ending":"completed","refusal":"No.","text":null}""")]
    [InlineData("""[{"type":"text","text":"Hi."}]""", """{"text":"Hi."}""")]
    [InlineData("\"Hi.\"", """{"text":"Hi."}""")]
    [
        InlineData(
            """[{"type":"text","text":{"value":"Look."}},{"type":"image_url","image_url":{"url":"u"}},"""
                + """{"type":"hologram"}]""",
                """{"text":"Look.","otherOutput":[{"image_url":{"url":"u"}},{"type":"hologram"}]}""")]
    [InlineData("""[{"type":"text","text":{"value":""}}]""",
        """{"code":"broken_answer","message":"~answer is empty"}""")]
    [InlineData("[]", """{"code":"broken_answer"}""")]
    public async Task Each_part_arrives(string content, string right)
    {
        var threads = new PlainThreads { Content = content, States = ["completed"] };
        await using var provider = await threads.Start();
        await using var worker = await Start(provider.Port);

        Right.Check(JsonElement.Parse(right),
            await worker.End(new MessageAssistant { AssistantId = "asst_1", Prompt = "Hello", MaxRetries = 0 }),
            "ending");
    }

    [Fact]
    public async Task A_run_that_is_running_is_not_over()
    {
        var threads = new PlainThreads { States = ["running", "thinking", "completed"] };
        await using var provider = await threads.Start();
        await using var worker = await Start(provider.Port);

        var answer = await worker.Answer(new MessageAssistant { AssistantId = "asst_1", Prompt = "Hello" });

        Assert.Equal(("Hi.", 3), (answer.Text, threads.Count("GET /v1/threads/thread_1/runs/run_1")));
    }

    static Task<EmbeddedWorker> Start(int port) => EmbeddedWorker.Start(
        $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{port}/v1", "--Assistants:Mode=Native",
        "--OpenAI:PollInterval=00:00:00.1");
}
