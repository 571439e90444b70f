using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Who may: roles, and tenants that know nothing of each other.</summary>
public sealed class TenantSpecs : IDisposable
{
    static readonly (string, string) Wait = ("Prefer", "wait=30");

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/jobs/message-model")]
    [InlineData("POST", "/jobs")]
    [InlineData("GET", "/jobs")]
    [InlineData("GET", "/jobs/j")]
    [InlineData("GET", "/jobs/j/ending")]
    [InlineData("DELETE", "/jobs/j")]
    [InlineData("GET", "/groups/g")]
    [InlineData("DELETE", "/groups/g")]
    [InlineData("POST", "/payloads")]
    [InlineData("PUT", "/payloads/p-a")]
    [InlineData("GET", "/payloads/p-a")]
    [InlineData("GET", "/events")]
    public async Task Nobody_comes_in_without_a_token_or_with_a_wrong_one_or_a_wrong_role(string method, string address)
    {
        await using var worker = await Start();
        using var nobody = web.Client();
        using var stranger = web.Client("owt_none");
        using var other = web.Client(method == "GET" ? "owt_sender" : "owt_reader");

        Assert.Equal("unauthorized",
            await nobody.Call(new(method), address, null).Problem(HttpStatusCode.Unauthorized));
        Assert.Equal("unauthorized",
            await stranger.Call(new(method), address, null).Problem(HttpStatusCode.Unauthorized));
        Assert.Equal("forbidden", await other.Call(new(method), address, null).Problem(HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Another_tenants_job_is_told_like_one_that_is_not_there()
    {
        await using var worker = await Start();
        using var red = web.Client("owt_red");
        using var blue = web.Client("owt_blue");
        await red.Post("/jobs/message-model", Door.Named("j"), Wait);

        Assert.Equal("not_found", await blue.Get("/jobs/j").Problem(HttpStatusCode.NotFound));
        Assert.Equal("not_found", await blue.Get("/jobs/j/ending").Problem(HttpStatusCode.NotFound));
        Assert.Equal("not_found",
            await blue.Call(HttpMethod.Delete, "/jobs/j", null).Problem(HttpStatusCode.NotFound));
        Assert.Equal(0, (await blue.Get("/jobs").Json()).GetProperty("jobs").GetArrayLength());
        Assert.Equal("forbidden", await blue.Get("/jobs?tenant=red").Problem(HttpStatusCode.Forbidden));
        Assert.Equal("red", (await red.Get("/jobs/j").Json()).Of("tenant"));
    }

    [Fact]
    public async Task Tenants_have_ids_of_their_own_and_who_sees_all_says_whose_he_means()
    {
        await using var worker = await Start();
        using var red = web.Client("owt_red");
        using var blue = web.Client("owt_blue");
        using var reader = web.Client("owt_reader");
        await red.Post("/jobs/message-model", Door.Named("j"), Wait);

        var other = await blue.Post("/jobs/message-model", Door.Named("j", "\"temperature\":1"), Wait);

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal("several_tenants", await reader.Get("/jobs/j").Problem(HttpStatusCode.Conflict));
        Assert.Equal("blue", (await reader.Get("/jobs/j?tenant=blue").Json()).Of("tenant"));
    }

    [Fact]
    public async Task A_job_for_another_tenant_is_refused()
    {
        await using var worker = await Start();
        using var red = web.Client("owt_red");

        var answer = await red.Post("/jobs/message-model", Door.Named("j", "\"metadata\":{\"tenant\":\"blue\"}"));

        Assert.Equal((HttpStatusCode.BadRequest, "metadata.tenant"),
            (answer.StatusCode, (await answer.Json()).Of("member")));
    }

    [Fact]
    public async Task A_tenant_hears_of_his_own_jobs_alone()
    {
        await using var worker = await Start();
        using var red = web.Client("owt_red");
        using var blue = web.Client("owt_blue");
        await using var heard = await EventStream.Open(blue, "/events");

        await red.Post("/jobs/message-model", Door.Named("red one"), Wait);
        await blue.Post("/jobs/message-model", Door.Named("blue one"), Wait);

        Assert.Equal("message-model.completed blue one", await heard.Next());
    }

    [Fact]
    public async Task A_tenants_payload_is_for_his_own_jobs()
    {
        await using var worker = await Start();
        using var red = web.Client("owt_red");
        using var blue = web.Client("owt_blue");
        var id = (await red.Call(HttpMethod.Post, "/payloads", new StringContent("secret")).Json()).Of("id");
        var job = """{"purpose":"user_data","file":{"payload":{"id":"ID"},"fileName":"a.txt"}}"""
            .Replace("ID", id, StringComparison.Ordinal);

        Assert.Equal("not_found", await blue.Get($"/payloads/{id}").Problem(HttpStatusCode.NotFound));
        Assert.Equal("invalid_request", await blue.Call(HttpMethod.Put, $"/payloads/{id}", new StringContent("x"))
            .Problem(HttpStatusCode.BadRequest));
        Assert.Equal("invalid_request", await blue.Post("/jobs/upload-file", job).Problem(HttpStatusCode.BadRequest));
        Assert.Equal("secret", await (await red.Get($"/payloads/{id}")).Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("completed", (await red.Post("/jobs/upload-file", job, Wait).Json()).Of("ending"));
    }

    [Fact]
    public async Task Who_may_only_send_is_told_no_answer()
    {
        await using var worker = await Start();
        using var sender = web.Client("owt_sender");

        Assert.Equal(HttpStatusCode.Accepted,
            (await sender.Post("/jobs/message-model", Door.Smallest, Wait)).StatusCode);
    }

    public void Dispose() => web.Dispose();

    Task<EmbeddedWorker> Start() => web.Start(
        [
            "--Limits:Tenant=tenant", .. WebAddress.Allow("red", "owt_red", "send,read", "red"),
            .. WebAddress.Allow("blue", "owt_blue", "send,read", "blue"),
            .. WebAddress.Allow("reader", "owt_reader", "read"), .. WebAddress.Allow("sender", "owt_sender", "send"),
        ]);
}
