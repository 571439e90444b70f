using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Tests.Security;

/// <summary>Calls of functions that were not offered, or with arguments that no program can receive.</summary>
public sealed class HostileToolSpecs : IDisposable
{
    readonly string trace = Path.Combine(Path.GetTempPath(), $"openai-worker-tests-{Guid.NewGuid():N}");

    [Theory]
    [InlineData(ModelApi.Responses,
        """{"status":"completed","output":"""
            + """[{"type":"function_call","call_id":"call_1","name":"danger","arguments":"{}"}]}""")]
    [InlineData(ModelApi.ChatCompletions,
        """{"choices":[{"finish_reason":"tool_calls","message":{"role":"assistant","tool_calls":"""
            + """[{"id":"call_1","type":"function","function":{"name":"danger","arguments":"{}"}}]}}]}""")]
    public async Task A_function_that_the_job_does_not_offer_is_not_run(ModelApi api, string asks)
    {
        await using var provider = await Saying(asks);
        await using var worker = await Start(provider);

        var without = await worker.Answer(Messages.Smallest with { Api = api });
        var other = await worker.Answer(
            Messages.Smallest with { Api = api, Tools = [new() { Function = new() { Name = "harmless" } }] });

        Assert.All([without, other], answer => Assert.Equal("danger", Assert.Single(answer.ToolCalls!).Name));
        Assert.False(File.Exists(trace));
    }

    [Theory]
    [InlineData("""{"type":"function","name":"danger","parameters":{"type":"object"}}""")]
    [InlineData("""{"type":"function","function":{"name":"danger"}}""")]
    public async Task A_function_that_the_job_offers_in_the_APIs_own_words_is_run(string tool)
    {
        var asked = 0;
        await using var provider = await FileHost.Start(http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(Interlocked.Increment(ref asked) == 1
                ? """{"id":"resp_1","status":"completed","output":"""
                    + """[{"type":"function_call","call_id":"call_1","name":"danger","arguments":"{}"}]}"""
                : """{"id":"resp_2","status":"completed","output":[{"type":"message","content":"""
                    + """[{"type":"output_text","text":"done"}]}]}""");
        });
        await using var worker = await Start(provider);

        var answer = await worker.Answer(
            Messages.Smallest with { Tools = [new() { Other = System.Text.Json.JsonElement.Parse(tool) }] });

        Assert.Equal("done", answer.Text);
        Assert.True(File.Exists(trace));
    }

    [Fact]
    public async Task NUL_in_a_job_id_ends_the_job_before_the_call()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(Messages.Smallest with { JobId = "order\0-1" });

        Assert.Equal((FailureCodes.InvalidRequest, "jobId", FailureKind.Permanent),
            (failure.Code, failure.Member, failure.Kind));
        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public async Task NUL_in_a_name_that_a_database_keeps_ends_the_job_before_the_call()
    {
        await using var worker = await EmbeddedWorker.Start();

        Assert.Equal("name", (await worker.Failure(Messages.Ada with { Name = "a\0" })).Member);
        Assert.Equal("assistantName",
            (await worker.Failure(Messages.ToAssistant with { AssistantName = "a\0" })).Member);
        Assert.Equal("threadId", (await worker.Failure(Messages.ToAssistant with { ThreadId = "a\0" })).Member);
        Assert.Equal("after", (await worker.Failure(new ListAssistants { After = "a\0" })).Member);
        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public void A_program_of_the_working_directory_is_not_run()
    {
        File.WriteAllText(trace, "");
        var here = Path.GetFileName(trace);
        var found = Path.Combine(Environment.CurrentDirectory, here);
        File.Copy(trace, found);
        try
        {
            Assert.Throws<FileNotFoundException>(() => ProgramFile.Of(here));
            Assert.EndsWith("/sh", ProgramFile.Of("sh"), StringComparison.Ordinal);
            Assert.Equal("./sh", ProgramFile.Of("./sh"));
        }
        finally
        {
            File.Delete(found);
        }
    }

    public void Dispose() => File.Delete(trace);

    static Task<FileHost> Saying(string body) => FileHost.Start(http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body);
    });

    Task<EmbeddedWorker> Start(FileHost provider) => EmbeddedWorker.Start(
        $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1", "--Tools:AllowCommands=true",
        "--Tools:Functions:danger:Command=touch", $"--Tools:Functions:danger:Arguments={trace}");
}
