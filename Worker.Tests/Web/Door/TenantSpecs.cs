using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Who may do what: roles, and tenants that see nothing of each other.</summary>
public sealed class TenantSpecs : IDisposable
{
    static readonly (string, string) Wait = ("Prefer", "wait=30");

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public async Task Tenants_have_their_own_ids_and_a_reader_of_all_names_the_tenant()
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
    public async Task A_tenant_hears_of_its_own_jobs_only()
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
    public async Task A_tenants_payload_is_for_its_own_jobs()
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
    public async Task A_token_that_may_only_send_is_told_no_answer()
    {
        await using var worker = await Start();
        using var sender = web.Client("owt_sender");

        Assert.Equal(HttpStatusCode.Accepted,
            (await sender.Post("/jobs/message-model", Door.Smallest, Wait)).StatusCode);
    }

    public void Dispose() => web.Dispose();

    Task<EmbeddedWorker> Start() => web.Start(TenantsScene.Settings);
}
