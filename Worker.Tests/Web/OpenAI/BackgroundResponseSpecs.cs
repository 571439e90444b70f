using System.Net;
using System.Text.Json;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary><c>/v1/responses</c> with <c>background</c>.</summary>
public sealed class BackgroundResponseSpecs : IDisposable
{
    readonly WebAddress web = new();

    [Fact]
    public async Task A_response_is_queued_at_once_and_completes()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var first = await Create(client, "m");

        var id = first.GetProperty("id").GetString()!;
        Assert.Equal(("response", "queued", true), (first.GetProperty("object").GetString(),
            first.GetProperty("status").GetString(), first.GetProperty("background").GetBoolean()));
        Assert.StartsWith("resp_", id, StringComparison.Ordinal);
        var done = await client.Until($"/v1/responses/{id}", response => IsOver(response));
        Assert.Equal(("completed", id), (done.GetProperty("status").GetString(), done.GetProperty("id").GetString()));
        Assert.NotEqual(0, done.GetProperty("output").GetArrayLength());
    }

    [Fact]
    public async Task The_same_key_is_the_same_response()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var (first, second) = (await Create(client, "m", "k"), await Create(client, "m", "k"));

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        await client.Until($"/v1/responses/{first.GetProperty("id").GetString()}", response => IsOver(response));
        Assert.Equal(1, worker.Emulator.Bill.Billed);
        Assert.Equal("job_id_conflict", await client.Post("/v1/responses",
            """{"model":"other","input":"x","background":true}""", ("Idempotency-Key", "k"))
            .ErrorCode(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_response_that_fails_says_why()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var id = (await Create(client, "m+status:404")).GetProperty("id").GetString();

        var done = await client.Until($"/v1/responses/{id}", response => IsOver(response));

        Assert.Equal(("failed", "model_not_found"), (done.GetProperty("status").GetString(),
            done.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_response_that_is_cancelled_stays_so()
    {
        await using var worker = await EmbeddedWorker.Start(new() { BackgroundTime = TimeSpan.FromMinutes(5) },
            web.Settings);
        using var client = web.Client();
        var id = (await Create(client, "m")).GetProperty("id").GetString();
        await client.Until($"/v1/responses/{id}",
            response => response.GetProperty("status").GetString() == "in_progress");

        var told = await client.Post($"/v1/responses/{id}/cancel", "").Json();

        Assert.Equal("cancelled", told.GetProperty("status").GetString());
        await Eventually.Is(() =>
            worker.Emulator.Calls.Any(call => call.Path.EndsWith("/cancel", StringComparison.Ordinal)));
        Assert.Equal("cancelled", (await client.Get($"/v1/responses/{id}").Json()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_response_that_is_deleted_is_gone()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var id = (await Create(client, "m")).GetProperty("id").GetString();
        await client.Until($"/v1/responses/{id}", response => IsOver(response));

        var told = await client.Call(HttpMethod.Delete, $"/v1/responses/{id}", null).Json();

        Assert.True(told.GetProperty("deleted").GetBoolean());
        Assert.Equal("not_found", await client.Get($"/v1/responses/{id}").ErrorCode(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task One_goes_on_from_a_response_by_the_id_that_it_has_here()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var id = (await Create(client, "m")).GetProperty("id").GetString();
        await client.Until($"/v1/responses/{id}", response => IsOver(response));

        var next = await client.Post("/v1/responses",
            $$"""{"model":"m","input":"And now?","previous_response_id":"{{id}}"}""");

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    public void Dispose() => web.Dispose();

    static Task<JsonElement> Create(HttpClient client, string model, string? key = null) => client.Post("/v1/responses",
        $$"""{"model":"{{model}}","input":"Hello","background":true}""",
        key is null ? [] : [("Idempotency-Key", key)]).Json();

    static bool IsOver(JsonElement response) =>
        response.GetProperty("status").GetString() is not ("queued" or "in_progress");
}
