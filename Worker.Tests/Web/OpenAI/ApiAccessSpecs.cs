using System.Net;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>Who may do what, in OpenAI's API.</summary>
public sealed class ApiAccessSpecs : IDisposable
{
    const string Hello = """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""";

    readonly WebAddress web = new();

    [Fact]
    public async Task A_program_without_a_token_gets_OpenAIs_error()
    {
        await using var worker = await web.Start(WebAddress.Allow("a", "token-a", "send,read"));
        using var client = web.Client();

        var error = await client.Post("/v1/chat/completions", Hello).Error(HttpStatusCode.Unauthorized);

        Assert.Equal(("invalid_api_key", "invalid_request_error"),
            (error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("send", "GET", "/v1/files")]
    [InlineData("send", "POST", "/v1/chat/completions")]
    [InlineData("read", "POST", "/v1/chat/completions")]
    [InlineData("read", "POST", "/v1/files")]
    [InlineData("read", "POST", "/v1/batches")]
    [InlineData("read", "DELETE", "/v1/responses/resp_1")]
    public async Task A_token_of_another_role_is_refused(string role, string method, string address)
    {
        await using var worker = await web.Start(WebAddress.Allow("a", "token-a", role));
        using var client = web.Client("token-a");

        Assert.Equal("forbidden", await client.Call(new(method), address, null).ErrorCode(HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task What_is_another_tenants_is_not_there()
    {
        await using var worker = await web.Start(
        [
            "--Limits:Tenant=tenant", .. WebAddress.Allow("a", "token-a", "send,read", "acme"),
            .. WebAddress.Allow("b", "token-b", "send,read", "other"),
        ]);
        using var mine = web.Client("token-a");
        using var others = web.Client("token-b");
        var file = await mine.File(ApiScene.Line("a"));
        var batch = (await mine.CreateBatch(file).Json()).GetProperty("id").GetString();
        await mine.Ended(batch!);
        var response = (await mine.Post("/v1/responses", """{"model":"m","input":"Hello","background":true}""").Json())
            .GetProperty("id").GetString();

        foreach (var address in new[]
        {
            $"/v1/files/{file}", $"/v1/files/{file}/content", $"/v1/batches/{batch}", $"/v1/responses/{response}",
        })
            Assert.Equal("not_found", await others.Get(address).ErrorCode(HttpStatusCode.NotFound));
        Assert.Equal("not_found", await others.CreateBatch(file).ErrorCode(HttpStatusCode.BadRequest));
        Assert.Equal("not_found", await others.Post($"/v1/batches/{batch}/cancel", "")
            .ErrorCode(HttpStatusCode.NotFound));
        Assert.Equal("not_found", await others.Call(HttpMethod.Delete, $"/v1/files/{file}", null)
            .ErrorCode(HttpStatusCode.NotFound));
        foreach (var list in new[] { "/v1/files", "/v1/batches" })
            Assert.Equal(0, (await others.Get(list).Json()).GetProperty("data").GetArrayLength());
        Assert.Equal("completed", (await mine.Get($"/v1/batches/{batch}").Json()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Too_many_requests_may_be_sent_again()
    {
        await using var worker = await web.Start("--Web:RequestsPerMinute=1");
        using var client = web.Client();
        await client.Get("/v1/models");

        var answer = await client.Get("/v1/models");

        Assert.Equal("true", Assert.Single(answer.Headers.GetValues("x-should-retry")));
        Assert.Equal("rate_limit_error", (await Task.FromResult(answer).Error(HttpStatusCode.TooManyRequests))
            .GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_address_that_is_none_is_told_in_the_same_shape()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("not_found", await client.Get("/v1/assistants").ErrorCode(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_call_that_is_too_large_is_told_in_the_same_shape()
    {
        await using var worker = await web.Start("--Web:MaxJobBytes=1024");
        using var client = web.Client();

        Assert.Equal("too_large", await client.Post("/v1/chat/completions",
            Hello.Replace("Hello", new('x', 2000), StringComparison.Ordinal))
            .ErrorCode(HttpStatusCode.RequestEntityTooLarge));
    }

    public void Dispose() => web.Dispose();
}
