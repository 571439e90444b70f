using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>A job that arrives by HTTP.</summary>
public sealed class SendingSpecs : IDisposable
{
    static readonly (string, string) Wait = ("Prefer", "wait=30");

    readonly WebAddress web = new();

    [Fact]
    public async Task A_job_is_accepted_and_has_an_address()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post("/jobs/message-model", Door.Smallest);

        var id = (await answer.Json()).GetProperty("jobId").GetString();
        Assert.Equal((HttpStatusCode.Accepted, $"/jobs/{id}"),
            (answer.StatusCode, answer.Headers.Location?.OriginalString));
        await Eventually.Is(() => worker.Emulator.Bill.Calls == 1);
    }

    [Fact]
    public async Task A_sender_that_prefers_to_wait_gets_the_ending()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post("/jobs/message-model", Door.Smallest, Wait);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("completed", (await answer.Json()).GetProperty("ending").GetString());
    }

    [Fact]
    public async Task The_same_key_is_the_same_job_which_is_paid_for_once()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var key = ("Idempotency-Key", "\"order 17\"");

        var first = await client.Post("/jobs/message-model", Door.Smallest, Wait, key);
        var second = await client.Post("/jobs/message-model", Door.Smallest, Wait, key);

        Assert.Equal("order 17", (await first.Json()).GetProperty("jobId").GetString());
        Assert.Equal((await first.Json()).GetRawText(), (await second.Json()).GetRawText());
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Theory]
    [InlineData("jobId", """{"jobId": "..", "model": "m", "messages": [{"text": "x"}]}""")]
    [InlineData("group.id",
        """{"group": {"id": ".", "size": 1}, "model": "m", "messages": [{"text": "x"}]}""")]
    public async Task An_id_with_which_no_address_can_end_is_refused(string member, string body)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post("/jobs/message-model", body);

        Assert.Equal((HttpStatusCode.BadRequest, member),
            (answer.StatusCode, (await answer.Json()).GetProperty("member").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task A_key_that_is_empty_is_a_variable_that_was_not_set(string key)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("invalid_request", await client.Post("/jobs/message-model", Door.Smallest,
            ("Idempotency-Key", key)).Problem(HttpStatusCode.BadRequest));
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Theory]
    [InlineData("message-model", """{"jobId":"j","model":"other","messages":[{"text":"Hello"}]}""")]
    [InlineData("classify-text", """{"jobId":"j","text":"Hello"}""")]
    public async Task Another_request_under_a_known_id_is_a_conflict(string operation, string body)
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Post("/jobs/message-model", Door.Smallest, Wait, ("Idempotency-Key", "j"));

        Assert.Equal("job_id_conflict",
            await client.Post($"/jobs/{operation}", body).Problem(HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("DEFAULT")]
    [InlineData("default")]
    public async Task How_a_credential_is_spelled_makes_no_other_request(string credential)
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var body = $$"""{"jobId":"j","model":"m","messages":[{"text":"Hello"}],"credential":"{{credential}}"}""";
        await client.Post("/jobs/message-model", body, Wait);

        Assert.Equal(HttpStatusCode.OK, (await client.Post("/jobs/message-model", body, Wait)).StatusCode);
    }

    [Theory]
    [InlineData("""{"modle":"m","messages":[{"text":"x"}]}""", "modle", "Did you mean model?")]
    [InlineData("""{"model":"m","messages":[{"text":"x"}],"temperature":"hot"}""", "temperature", "a number")]
    [InlineData("""{"model":"m","model":"n","messages":[{"text":"x"}]}""", "model", "occurs twice")]
    [InlineData("""{"model":"m","messages":[{"text":"x"}],"temperature":99}""", "temperature", "allowed")]
    [InlineData("""{"jobId":"","model":"m","messages":[{"text":"x"}]}""", "jobId", "jobId is empty")]
    public async Task What_does_not_fit_the_contract_is_refused_by_member_and_cure(string body, string member,
        string says)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post("/jobs/message-model", body);

        var problem = await answer.Json();
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request", member),
            (answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("member").GetString()));
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"model\":")]
    [InlineData("""{"model":"\ud800"}""")]
    public async Task What_is_no_JSON_object_is_unreadable(string body)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("unreadable", await client.Post("/jobs/message-model", body).Problem(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task An_operation_that_there_is_not_is_not_found()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("unknown_operation", await client.Post("/jobs/message", "{}").Problem(HttpStatusCode.NotFound));
    }

    public void Dispose() => web.Dispose();
}
