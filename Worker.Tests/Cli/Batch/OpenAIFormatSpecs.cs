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
            """{"custom_id":"else","method":"POST","url":"/v1/sing","body":{}}""").Run(new());

        var endings = scene.Endings.ToDictionary(ending => ending.GetProperty("custom_id").GetString()!);
        JsonAssert.Same("""{"id":"batch_req_1","custom_id":"good","response":{"status_code":200,"request_id":"req_1","body":{"id":"resp_1"}},"error":null}""", endings["good"]);
        JsonAssert.Same("""{"id":"batch_req_2","custom_id":"refused","response":{"status_code":400,"request_id":"req_1","body":{"error":{"message":"no","type":"t","param":"p","code":"c"}}},"error":null}""", endings["refused"]);
        JsonAssert.Same("""{"id":"batch_req_3","custom_id":"else","response":null,"error":{"code":"invalid_request","message":"url is '/v1/sing', allowed are /v1/responses, /v1/chat/completions, /v1/moderations."}}""", endings["else"]);
    }

    [Fact]
    public async Task Both_kinds_of_lines_may_be_mixed()
    {
        await scene.Given("""{"custom_id":"a","method":"POST","url":"/v1/moderations","body":{"input":"x"}}""", BatchScene.Job("b")).Run(new());

        Assert.Equal([true, false], scene.Endings.Select(ending => ending.TryGetProperty("custom_id", out _)));
    }

    [Theory]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/responses","body":{}}""", "method is 'GET', allowed is POST")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses"}""", "body is missing")]
    public async Task A_bad_line_says_what_is_allowed(string line, string says)
    {
        await scene.Given(line).Run(new());

        Assert.Contains(says, Assert.Single(scene.Endings).GetProperty("error").GetProperty("message").GetString());
    }

    public void Dispose() => scene.Dispose();
}
