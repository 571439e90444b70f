using System.Net;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>What operators do on the pages of a running worker, and who may not.</summary>
public sealed class WindowDeedSpecs : IDisposable
{
    const string Reader = "owt_of_a_reader";
    const string Operator = "owt_of_an_operator";
    const string Other = "owt_of_another_tenant";

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string[] Settings =>
    [
        .. web.Settings, "--Limits:Tenant=tenant", .. WebAddress.Allow("reader", Reader, "read"),
        .. WebAddress.Allow("operator", Operator, "read,operate"),
        .. WebAddress.Allow("other", Other, "read", tenant: "other"),
    ];

    [Fact]
    public async Task A_failed_job_is_sent_again_from_its_page()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);
        await worker.Failure(Smallest with { JobId = "j", Model = "m+status:404" });
        worker.Events.Forget("j");

        Assert.Equal(HttpStatusCode.Redirect, await Post("/window/job/again", ("id", "j"), ("tenant", "")));

        await worker.Events.Ending("j");
        Assert.Equal(2, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task An_edited_job_is_sent_under_an_id_of_its_own()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);
        await worker.Failure(Smallest with { JobId = "j", Model = "m+status:404" });
        Assert.Contains("status:404", await Get("/window/job/edit?id=j", Operator), StringComparison.Ordinal);

        await Post("/window/job/edit", ("from", "j"), ("tenant", ""), ("id", "j-2"),
            ("request", """{"model":"m","messages":[{"text":"Hello"}]}"""));

        Assert.Equal(Endings.Completed, (await worker.Events.Ending("j-2")).GetProperty("ending").GetString());
    }

    [Fact]
    public async Task Jobs_of_a_cancelled_group_can_be_sent_again()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);
        await worker.Failure(Smallest with
        {
            JobId = "j",
            Model = "m+status:404",
            Group = new() { Id = "g", Size = 2 },
        });
        var lost = worker.Failure(Smallest with
        {
            JobId = "lost",
            Model = "m+hang#1",
            Group = new() { Id = "g", Size = 2 },
        });
        await Eventually.Is(() => worker.Emulator.Calls.Any(call => call.Job == "lost"));
        await Post("/window/group/cancel", ("id", "g"), ("tenant", ""));
        Assert.Equal(FailureCodes.Cancelled, (await lost).Code);
        worker.Events.Forget("lost");

        await Post("/window/job/again", ("id", "lost"), ("tenant", ""));
        await Post("/window/job/edit", ("from", "j"), ("tenant", ""), ("id", "j-2"),
            ("request", """{"model":"m","group":{"id":"g","size":2},"messages":[{"text":"Hello"}]}"""));

        foreach (var job in new[] { "lost", "j-2" })
            Assert.Equal(Endings.Completed, (await worker.Events.Ending(job)).GetProperty("ending").GetString());
    }

    [Fact]
    public async Task A_request_that_is_wrong_is_shown_with_what_is_wrong_and_not_sent()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);
        await worker.Failure(Smallest with { JobId = "j", Model = "m+status:404" });

        Assert.Equal(HttpStatusCode.BadRequest, await Post("/window/job/edit", ("from", "j"), ("tenant", ""),
            ("id", "j-2"), ("request", """{"model":"m","temperature":3,"messages":[{"text":"Hello"}]}""")));
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_group_of_failures_is_thrown_away_when_it_is_confirmed()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);
        var failure = await worker.Failure(Smallest with { JobId = "j", Model = "m+status:404" });
        Assert.Contains("Discard 1 job?", await Get($"/window/failures/drop?code={failure.Code}", Operator),
            StringComparison.Ordinal);

        await Post("/window/failures/drop", ("code", failure.Code));

        await Eventually.Is(async () => (await Get("/window/job?id=j", Operator))
            .Contains("No such job", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_changes_nothing()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);

        foreach (var address in new[] { "/window/job/again", "/window/job/cancel", "/window/job/edit",
            "/window/failures/replay", "/window/failures/drop", "/window/limits/set", "/window/limits/unset",
            "/window/credentials/pause", "/window/credentials/resume", "/window/group/cancel" })
        {
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, await Post(address, Reader, ("id", "j"))));
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, await Post(address, Other, ("id", "j"))));
        }
    }

    [Fact]
    public async Task A_tenant_sees_its_own_jobs_alone()
    {
        await using var worker = await EmbeddedWorker.Start(Settings);
        await worker.Failure(Smallest with { JobId = "of-nobody", Model = "m+status:404" });

        foreach (var address in new[] { "/", "/window/jobs", "/window/failures", "/window/job?id=of-nobody",
            "/window/job?id=of-nobody&tenant=", "/window/spend" })
        {
            var page = await Get(address, Other);
            Assert.DoesNotContain(">of-nobody<", page, StringComparison.Ordinal);
            Assert.DoesNotContain("status:404", page, StringComparison.Ordinal);
        }
        Assert.Contains("cannot see this page", await Get("/window/limits", Other), StringComparison.Ordinal);
        Assert.Contains(">of-nobody<", await Get("/window/jobs", Reader), StringComparison.Ordinal);
    }

    public void Dispose() => web.Dispose();

    async Task<string> Get(string address, string token)
    {
        using var client = web.Client(token);
        var answer = await client.GetAsync(address, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    Task<HttpStatusCode> Post(string address, params (string Name, string Value)[] form) =>
        Post(address, Operator, form);

    async Task<HttpStatusCode> Post(string address, string token, params (string Name, string Value)[] form)
    {
        using var client = web.Client(token);
        using var content = new FormUrlEncodedContent(form.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        return (await client.PostAsync(address, content, Cancellation)).StatusCode;
    }
}
