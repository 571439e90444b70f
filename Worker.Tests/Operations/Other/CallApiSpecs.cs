using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Other;

public class CallApiSpecs
{
    [Fact]
    public async Task A_path_is_enough()
    {
        await using var worker = await EmbeddedWorker.Start();

        var called = await worker.Answer(Messages.Call);

        Assert.Equal(("GET", "/v1/models"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Equal(("list", 200), (called.Body!.Value.GetProperty("object").GetString(), called.Status));
        Assert.StartsWith("req_", called.RequestId);
    }

    [Fact]
    public async Task Body_query_and_extra_are_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var called = await worker.Answer(new CallApi
        {
            Path = "/embeddings",
            Query = new Dictionary<string, string> { ["a b"] = "ä&?" },
            Body = JsonElement.Parse("""{"model":"m","input":"x"}"""),
            Extra = new Dictionary<string, JsonElement> { ["dimensions"] = JsonElement.Parse("2") },
        });

        Assert.Equal(("POST", "/v1/embeddings?a%20b=%C3%A4%26%3F"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        JsonAssert.Same("""{"model":"m","input":"x","dimensions":2}""", worker.OnlyCall.Body);
        Assert.Equal("m", called.Model);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_becomes_a_file()
    {
        await using var worker = await EmbeddedWorker.Start();
        var id = (await worker.Answer(
            new UploadFile { File = new() { Base64 = "AAEC", FileName = "a.jsonl" }, Purpose = "batch" })).File!.Id;

        var called = await worker.Answer(new CallApi { Path = $"files/{id}/content" });

        Assert.Equal(("AAEC", 3L, "content"), (called.File!.Base64, called.File.Length, called.File.FileName));
        Assert.Null(called.Body);
    }

    [Fact]
    public async Task Every_method_is_the_senders_choice()
    {
        await using var worker = await EmbeddedWorker.Start();
        var id = (await worker.Answer(Messages.Upload)).File!.Id;

        var called = await worker.Answer(new CallApi { Method = "DELETE", Path = $"files/{id}" });

        Assert.True(called.Body!.Value.GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task A_refusal_is_a_failure_like_any_other()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failed = await worker.Failure(new CallApi { Path = "assistants" });

        Assert.Equal((FailureCodes.NotFound, Remedy.Operator, 404), (failed.Code, failed.Remedy, failed.Status!.Value));
    }

    [Theory]
    [InlineData("models/ft:gpt-6-luna:acme::7p4l")]
    [InlineData("/models/ft%3Agpt-6-luna%3Aacme%3A%3A7p4l")]
    public async Task A_name_may_have_colons(string path)
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.End(new CallApi { Path = path });

        Assert.Equal("/v1/models/ft:gpt-6-luna:acme::7p4l", Uri.UnescapeDataString(worker.OnlyCall.Path));
    }

    [Fact]
    public async Task A_body_and_an_answer_are_any_JSON()
    {
        var received = "";
        await using var provider = await FileHost.Start(async http =>
        {
            received = await new StreamReader(http.Request.Body).ReadToEndAsync();
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("[1]");
        });
        await using var worker = await EmbeddedWorker.Start(BaseUrlOf(provider));

        var called = await worker.Answer(Messages.Call with { Body = JsonElement.Parse("[2]") });

        Assert.Equal(("[2]", "[1]"), (received, called.Body!.Value.GetRawText()));
    }

    [Theory]
    [InlineData("text/plain", "few", "few", null)]
    [InlineData("text/plain; charset=utf-8", "too large", null, 9L)]
    [InlineData(null, "no type", null, 7L)]
    [InlineData("text/plain", "", null, null)]
    [InlineData(null, "", null, null)]
    public async Task A_text_is_told_a_large_one_kept_and_nothing_left_out(string? type, string body, string? text,
        long? length)
    {
        using var folder = new PayloadFolder();
        await using var provider = await FileHost.Start(http =>
        {
            http.Response.ContentType = type;
            return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
        });
        await using var worker = await EmbeddedWorker.Start(BaseUrlOf(provider), $"--Payloads:Folder={folder.Path}",
            "--Payloads:InlineLimit=8");

        var called = await worker.Answer(Messages.Call);

        Assert.Equal((type, text, length), (called.ContentType, called.Text, called.File?.Length));
        Assert.Equal(length > 8, called.File?.Payload is not null);
    }

    [Fact]
    public async Task An_answer_without_a_body_may_name_its_type()
    {
        await using var provider = await FileHost.Start(http =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (204, "application/json");
            return Task.CompletedTask;
        });
        await using var worker = await EmbeddedWorker.Start(BaseUrlOf(provider));

        var called = await worker.Answer(Messages.Call with { Method = "DELETE" });

        Assert.Equal((204, null, null), (called.Status, called.Body, called.File));
    }

    [Theory]
    [InlineData("../v2/models")]
    [InlineData("models/../../admin")]
    [InlineData("models/..")]
    [InlineData("./models")]
    [InlineData("%2e%2e/models")]
    [InlineData("%252e%252e/models")]
    [InlineData("%2525252e%2525252e/models")]
    [InlineData("models/..;v=1/admin")]
    [InlineData("models/a%0d%0aX-Header%201")]
    [InlineData("https%3a%2f%2fevil.example/models")]
    [InlineData("https:models")]
    [InlineData("models/%2e%2e%2fadmin")]
    [InlineData("..\\models")]
    [InlineData("models%5c..%5cadmin")]
    [InlineData("https://evil.example/models")]
    [InlineData("//evil.example/models")]
    [InlineData("models//admin")]
    [InlineData("models?key=1")]
    [InlineData("models#top")]
    [InlineData("models admin")]
    [InlineData("models\r\nX-Header: 1")]
    [InlineData("/")]
    [InlineData("")]
    public async Task A_path_that_could_leave_the_base_URL_is_never_called(string path)
    {
        await using var worker = await EmbeddedWorker.Start();

        var failed = await worker.Failure(new CallApi { Path = path });

        Assert.Equal((FailureCodes.InvalidRequest, "path"), (failed.Code, failed.Member));
        Assert.Empty(worker.Emulator.Calls);
    }

    static string BaseUrlOf(FileHost provider) =>
        $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1";
}
