using System.Text.Json;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class OpenAIFormatSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task OpenAI_batch_files_are_answered_in_OpenAI_format()
    {
        await scene.Given(
            """{"custom_id":"good","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}""",
            """{"custom_id":"refused","method":"POST","url":"/v1/responses","body":{"model":"bad","input":"x"}}""",
            """{"custom_id":"else","method":"GET","url":"/v1/responses","body":{}}""").Run(new FakeClient());

        var endings = scene.Endings.ToDictionary(ending => ending.GetProperty("custom_id").GetString()!);
        Assert.All(endings.Values,
            ending => Assert.Matches("^batch_req_[123]_[0-9a-f]{32}$", ending.GetProperty("id").GetString()));
        JsonAssert.Same("""{"status_code":200,"request_id":"req_1","body":{"id":"resp_1"}}""",
            endings["good"].GetProperty("response"));
        JsonAssert.Same(
            """{"status_code":400,"request_id":"req_1","body":{"error":"""
                + """{"message":"no","type":"t","param":"p","code":"c"}}}""",
                endings["refused"].GetProperty("response"));
        JsonAssert.Same("""{"code":"invalid_request","message":"method is 'GET'; allowed: POST."}""",
            endings["else"].GetProperty("error"));
        Assert.Equal(JsonValueKind.Null, endings["else"].GetProperty("response").ValueKind);
    }

    [Fact]
    public async Task Both_kinds_of_lines_may_be_mixed()
    {
        await scene.Given("""{"custom_id":"a","method":"POST","url":"/v1/moderations","body":{"input":"x"}}""",
            BatchScene.Job("b")).Run(new FakeClient());

        Assert.Equal([true, false], scene.Endings.Select(ending => ending.TryGetProperty("custom_id", out _)));
    }

    [Fact]
    public async Task Files_that_were_joined_have_a_byte_order_mark_each()
    {
        await scene.Given(BatchScene.Job("a"), "\uFEFF" + BatchScene.Job("b")).Run(new FakeClient());

        Assert.All(scene.Endings, ending => Assert.Equal("completed", ending.GetProperty("ending").GetString()));
        Assert.Equal(2, scene.Endings.Count);
    }

    [Theory]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/responses","body":{}}""",
        "method is 'GET'; allowed: POST")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses"}""", "body is missing")]
    [InlineData("""{"custom_id":"a","url":"/v1/responses","body":null}""", "body is missing")]
    [InlineData("""{"custom_id":"a","url":"/v1/responses","body":"{}"}""", "body is \"{}\"; allowed: a JSON object")]
    [InlineData("""{"custom_id":"a","method":"POST","body":{}}""", "url is missing")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":{"stream":true}}""", "body.stream is true")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":{"x":1}""", "not a JSON object")]
    public async Task A_bad_line_says_what_is_allowed(string line, string says)
    {
        await scene.Given(line).Run(new FakeClient());

        var ending = Assert.Single(scene.Endings);
        Assert.Equal("a", ending.GetProperty("custom_id").GetString());
        Assert.Contains(says, ending.GetProperty("error").GetProperty("message").GetString());
    }

    public void Dispose() => scene.Dispose();
}
