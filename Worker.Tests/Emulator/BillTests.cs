using System.Text.Json;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

public sealed class BillTests : IAsyncLifetime
{
    EmulatorDriver driver = null!;

    public async ValueTask InitializeAsync() =>
        driver = await EmulatorDriver.Start(new EmulatorOptions { KeptCalls = 2 });

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    [Fact]
    public async Task Job_that_was_billed_twice_is_named()
    {
        await driver.Ask("gpt-test", job: "once");
        await driver.Ask("gpt-test", job: "twice");
        await driver.Ask("gpt-other", job: "twice");
        await driver.Ask("gpt-test");
        await driver.Ask("gpt-test");

        var bill = (await driver.Get("/_emulator/bill")).Json;

        Assert.Equal(5, bill.GetProperty("calls").GetInt32());
        Assert.Equal(5, bill.GetProperty("billed").GetInt32());
        Assert.Equal(2, bill.GetProperty("jobs").GetInt32());
        Assert.Equal(1, bill.GetProperty("billedTwice").GetInt32());
        Assert.Equal("""["twice"]""", bill.GetProperty("jobsBilledTwice").GetRawText());
        Assert.Equal(4, bill.GetProperty("byModel").GetProperty("gpt-test").GetInt32());
        Assert.Equal(5, bill.GetProperty("byStatus").GetProperty("200").GetInt32());
    }

    [Theory]
    [InlineData(EmulatorDriver.Responses, "{}")]
    [InlineData("/v1/nothing", "{}")]
    [InlineData(EmulatorDriver.Responses, """{"model":"m","input":"Hi","previous_response_id":"resp_gone"}""")]
    public async Task Refused_call_is_received_but_not_billed(string path, string body)
    {
        await driver.Post(path, body);

        Assert.Equal((1, 0), (driver.Emulator.Bill.Calls, driver.Emulator.Bill.Billed));
    }

    [Fact]
    public async Task Fetching_is_no_work()
    {
        await driver.Get("/v1/models");

        Assert.Equal(0, driver.Emulator.Bill.Billed);
    }

    [Fact]
    public async Task Bill_of_one_job_counts_its_calls()
    {
        await driver.Ask("gpt-test", job: "a");
        await driver.Ask("gpt-test", job: "a");

        Assert.Equal(2, (await driver.Get("/_emulator/bill/a")).Json.GetProperty("billed").GetInt32());
        Assert.Equal(0, (await driver.Get("/_emulator/bill/b")).Json.GetProperty("billed").GetInt32());
    }

    [Fact]
    public async Task Call_is_kept_without_its_key()
    {
        await driver.Ask("gpt-test", job: "a");

        var call = Assert.Single(driver.Emulator.Calls);
        Assert.Equal(("POST", "/v1/responses"), (call.Method, call.Path));
        Assert.Equal(("a", "gpt-test", 200, true), (call.Job, call.Model, call.Status, call.IsBilled));
        Assert.Equal("Say hello", call.Body.GetProperty("input").GetString());
        Assert.Equal("***", call.Headers["authorization"]);
    }

    [Fact]
    public async Task Newest_calls_push_out_the_oldest()
    {
        await driver.Ask("gpt-test", job: "a");
        await driver.Ask("gpt-test", job: "b");
        await driver.Ask("gpt-test", job: "c");

        var newest = JsonElement.Parse((await driver.Get("/_emulator/calls?limit=1")).Text);

        Assert.Equal(["b", "c"], driver.Emulator.Calls.Select(call => call.Job));
        Assert.Equal("c", newest[0].GetProperty("job").GetString());
        Assert.Equal("gpt-test", newest[0].GetProperty("body").GetProperty("model").GetString());
    }

    [Fact]
    public async Task Calls_are_found_by_job()
    {
        await driver.Ask("gpt-test", job: "a");
        await driver.Ask("gpt-test", job: "b");

        Assert.Equal(1, JsonElement.Parse((await driver.Get("/_emulator/calls?job=a&model=gpt-test")).Text)
            .GetArrayLength());
        Assert.Equal(0, JsonElement.Parse((await driver.Get("/_emulator/calls?job=a&model=gpt-other")).Text)
            .GetArrayLength());
    }

    [Fact]
    public async Task Reset_forgets_everything()
    {
        await driver.Ask("gpt-test+status:500#1", job: "a");
        await driver.Ask("gpt-test", job: "a");

        await driver.Send(HttpMethod.Delete, "/_emulator/calls", json: null);
        var failsAgain = await driver.Ask("gpt-test+status:500#1", job: "a");

        Assert.Equal((1, 0, 0), (driver.Emulator.Bill.Calls, driver.Emulator.Bill.Billed,
            driver.Emulator.TimesBilled("a")));
        Assert.Equal(500, failsAgain.Status);
    }

    [Fact]
    public async Task Emulator_is_healthy() => Assert.Equal(200, (await driver.Get("/_emulator/health")).Status);
}
