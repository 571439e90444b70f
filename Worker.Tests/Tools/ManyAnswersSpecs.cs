using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>Functions whose answers together are larger than a job can carry from step to step.</summary>
public sealed class ManyAnswersSpecs
{
    // Together more than 4 MiB, in lower-case letters, which compress well.
    const int Calls = 80;

    [Theory]
    [InlineData(ModelApi.Responses)]
    [InlineData(ModelApi.ChatCompletions)]
    public async Task A_job_ends_after_its_rounds_for_any_length_of_answers(ModelApi api)
    {
        var (asked, told) = (0, "");
        await using var provider = await FileHost.Start(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            told = await reader.ReadToEndAsync();
            Interlocked.Increment(ref asked);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Asking(api));
        });
        await using var sky = await FileHost.Start(http => http.Response.WriteAsync(new string('x', 60_000)));
        await using var worker = await EmbeddedWorker.Start(
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1", "--Tools:AllowHttp=true",
            "--Tools:MaxRounds=3", $"--Tools:Functions:sky:Url=http://127.0.0.1:{sky.Port}/");

        var answer = await worker.Answer(
            Messages.Smallest with { Api = api, Tools = [new() { Function = new() { Name = "sky" } }] });

        Assert.Equal(4, asked);
        Assert.Equal(Calls, answer.ToolCalls!.Count);
        Assert.Contains("together are larger than a job can carry", told, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_a_function_is_bounded_as_an_answer_is()
    {
        var error = OpenAIWorker.Tools.ToolWords.Of(new() { Error = new('"', 200_000) });

        Assert.InRange(error.Length, 1_000, 65_536);
    }

    static string Asking(ModelApi api) => api == ModelApi.Responses
        ? $$"""{"id":"resp_1","status":"completed","output":[{{string.Join(',', Enumerable.Range(0, Calls).Select(number => $$"""{"type":"function_call","call_id":"call_{{number}}","name":"sky","arguments":"{}"}"""))}}]}"""
        : $$$"""{"choices":[{"finish_reason":"tool_calls","message":{"role":"assistant","tool_calls":[{{{string.Join(',', Enumerable.Range(0, Calls).Select(number => $$$"""{"id":"call_{{{number}}}","type":"function","function":{"name":"sky","arguments":"{}"}}"""))}}}]}}]}""";
}
