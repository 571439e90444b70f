using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>
/// Files for other programs, or with plain data: the message says what they are, with a cure that works.
/// </summary>
public sealed partial class OtherShapesSpecs : IDisposable
{
    const string Anthropic =
        """{"custom_id":"a-1","params":{"model":"claude-x","max_tokens":9,"system":"Be brief.","messages":"""
            + """[{"role":"user","content":"Hi"}]}}""";
    const string Bedrock =
        """{"recordId":"CALL1","modelInput":{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":"""
            + """[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}}""";
    const string Gemini =
        """{"key":"g-1","request":{"contents":[{"role":"user","parts":[{"text":"Hi"},{"text":" there"}]},"""
            + """{"role":"model","parts":[{"text":"Yes?"}]}]}}""";
    const string Vertex = """{"request":{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}}""";
    const string Example = """{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."}]}""";
    const string Chat = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}""";
    const string Response = """{"model":"gpt-4o","input":"Hi"}""";

    readonly BatchScene scene = new();

    [Theory]
    [InlineData(Anthropic, "a request of Anthropic's Message Batches")]
    [InlineData("""{"requests":[""" + Anthropic + "]}", "a call to Anthropic's Message Batches")]
    [InlineData(Bedrock, "Amazon Bedrock's batch inference")]
    [InlineData(Gemini, "a request of Gemini's batch mode")]
    [InlineData(Vertex, "a request of Gemini's batch mode")]
    [InlineData("""{"custom_id":"0","body":{"messages":[{"role":"user","content":"Hi"}]}}""",
        "Set it for all lines, such as with --set url=/v1/chat/completions.")]
    [InlineData(Example, "an example for fine-tuning")]
    [InlineData(Chat, "only the body of a call")]
    [InlineData(Response, "only the body of a call")]
    [InlineData("""{"prompt":"Hi","completion":"Hello."}""",
        "operation is missing. To make a prompt of each line: --prompt \"{prompt}\" --model NAME.")]
    [InlineData("""{"id":"7","instruction":"Hi","output":"Hello."}""", "--prompt \"{instruction}\"")]
    [InlineData("""{"id":"7","body_text":"Hi"}""", "--prompt \"{body_text}\"")]
    [InlineData("""{"id":"batch_req_1","custom_id":"a","response":{"status_code":200,"body":{}},"error":null}""",
        "a line of a batch's output, not of its input")]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded","message":{}}}""",
        "a line of a batch's output, not of its input")]
    [InlineData("""{"jobId":"a","line":1,"ending":"completed","text":"x","hash":"00"}""",
        "a line of a batch's output, not of its input")]
    [InlineData("\"Hi\"", "jq -c '{text: .}'")]
    [InlineData("Hi there", "jq -cR '{text: .}'")]
    [InlineData("{\"requests\": [", "several lines")]
    [
        InlineData(
            "{\"operation\":\"message-model\",\"model\":\"m\","
                + "\"messages\":[{\"text\":\"x\"}]}\r{\"operation\":\"message-model\"}\r", "only a carriage return")]
    [InlineData("{\0\"\0o\0p\0\"\0:\0", "UTF-16")]
    [InlineData("PAR1\u0015\u0004", "Parquet")]
    [InlineData("%PDF-1.7", "PDF")]
    public async Task What_it_is_and_what_to_do_is_one_sentence_and_nothing_is_sent(string line, string says)
    {
        scene.Given(line);
        var client = new FakeClient();

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(client));

        Assert.Contains(says, Assert.Single(refusal.Problems));
        Assert.Empty(client.Sent);
    }

    [Theory]
    [InlineData(Anthropic,
        """{"model":"claude-x","max_tokens":9,"messages":[{"role":"system","content":"Be brief."},"""
            + """{"role":"user","content":"Hi"}]}""")]
    [InlineData("""{"requests":[""" + Anthropic + "]}",
        """{"model":"claude-x","max_tokens":9,"messages":[{"role":"system","content":"Be brief."},"""
            + """{"role":"user","content":"Hi"}]}""")]
    [InlineData(Bedrock,
        """{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":[{"role":"user","content":"""
            + """[{"type":"text","text":"Hi"}]}],"model":"m"}""")]
    [InlineData(Gemini,
        """{"messages":[{"role":"user","content":"Hi there"},{"role":"assistant","content":"Yes?"}],"model":"m"}""")]
    [InlineData(Vertex, """{"messages":[{"role":"user","content":"Hi"}],"model":"m"}""")]
    [InlineData(Example, """{"messages":[{"role":"user","content":"Hi"}],"model":"m"}""")]
    [InlineData(Chat, Chat)]
    [InlineData(Response, Response)]
    public async Task The_cure_makes_jobs_of_it(string line, string body)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/jq"), "jq is not installed.");
        scene.Given(line);
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(new FakeClient()));

        scene.Given(await Jq(Program().Match(refusal.Message).Groups[1].Value));
        var client = new KeepingClient();
        await scene.Run(client, given => given with { Defaults = LineDefaults.Of(null, "m", null, null, []) });

        var call = Assert.IsType<CallApi>(Assert.Single(client.Jobs));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(body), call.Body!.Value), call.Body.Value.GetRawText());
    }

    [Fact]
    public async Task A_path_that_lines_do_not_name_is_said_for_all_of_them()
    {
        scene.Given("""{"custom_id":"0","body":{"messages":[]}}""");
        var client = new KeepingClient();

        await scene.Run(client, given =>
            given with { Defaults = LineDefaults.Of(null, "m", null, null, ["url=/v1/chat/completions"]) });

        var call = Assert.IsType<CallApi>(Assert.Single(client.Jobs));
        Assert.Equal(("chat/completions", """{"messages":[],"model":"m"}"""),
            (call.Path, call.Body!.Value.GetRawText()));
        Assert.Equal("0", Assert.Single(scene.Endings).GetProperty("custom_id").GetString());
    }

    [Fact]
    public async Task Data_with_an_id_of_OpenAIs_name_become_prompts_under_it()
    {
        scene.Given("""{"custom_id":"q-1","question":"Why?"}""", """{"custom_id":"q-2","question":"How?"}""");
        var client = new KeepingClient();

        await scene.Run(client, given => given with { Defaults = LineDefaults.Of(null, "m", null, "{question}", []) });

        Assert.Equal(["Why?", "How?"], client.Messages.Select(job => job.Messages![0].Text));
        Assert.Equal(["q-1", "q-2"], scene.Endings.Select(ending => ending.GetProperty("jobId").GetString()));
    }

    [Fact]
    public async Task One_such_line_among_jobs_is_answered_and_holds_up_no_other()
    {
        await scene.Given(BatchScene.Job("a"), Anthropic, BatchScene.Job("b")).Run(new FakeClient());

        var endings = scene.Endings.ToDictionary(ending => ending.GetProperty("jobId").GetString()!);
        Assert.Equal(["a", "a-1", "b"], endings.Keys.Order());
        Assert.Contains("Anthropic", endings["a-1"].GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_model_that_no_line_has_is_missed_once()
    {
        scene.Given("text", "one", "two");
        File.Move(scene.Input, scene.Input = Path.Combine(scene.Folder, "prompts.csv"));

        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Run(new FakeClient(),
                given => given with { Defaults = LineDefaults.Of(null, null, null, "{text}", []) }));

        Assert.StartsWith("--model is missing.", refusal.Message, StringComparison.Ordinal);
    }

    async Task<string[]> Jq(string program)
    {
        using var process = Process.Start(
            new ProcessStartInfo("jq", ["-c", program, scene.Input]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => scene.Dispose();

    [GeneratedRegex("jq -c '([^']+)'")]
    private static partial Regex Program();
}
