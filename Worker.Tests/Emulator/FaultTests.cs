using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Faults;

namespace OpenAIWorker.Tests.Emulator;

public sealed class FaultTests : IAsyncLifetime
{
    readonly ObservableClock time = new();
    EmulatorDriver driver = null!;

    public async ValueTask InitializeAsync() =>
        driver = await EmulatorDriver.Start(new EmulatorOptions { Time = time, Random = new Random(7) });

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    [Theory]
    [InlineData("status:500", 500, "server_error", "server_error")]
    [InlineData("status:429", 429, "requests", "rate_limit_exceeded")]
    [InlineData("status:429:insufficient_quota", 429, "insufficient_quota", "insufficient_quota")]
    [InlineData("status:429:slow_down", 429, "rate_limit_error", "slow_down")]
    [InlineData("status:503", 503, "service_unavailable_error", "server_is_overloaded")]
    [InlineData("status:401", 401, "invalid_request_error", "invalid_api_key")]
    [InlineData("status:404", 404, "invalid_request_error", "model_not_found")]
    [InlineData("status:400:context_length_exceeded", 400, "invalid_request_error", "context_length_exceeded")]
    public async Task Status_comes_with_its_error_and_without_a_bill(string fault, int status, string type, string code)
    {
        var answer = await driver.Ask($"gpt-test+{fault}");

        Assert.Equal((status, type, code), (answer.Status, answer.Error.GetProperty("type").GetString(), answer.Code));
        Assert.Equal(0, driver.Emulator.Bill.Billed);
    }

    [Fact]
    public async Task Retry_after_goes_with_the_status()
    {
        var answer = await driver.Ask("gpt-test+status:429+retry-after:3");

        Assert.Equal(("3", "3000"), (answer.Headers["Retry-After"], answer.Headers["retry-after-ms"]));
    }

    [Fact]
    public async Task First_calls_of_each_job_fail()
    {
        int[] statuses =
        [
            (await driver.Ask("gpt-test+status:500#2", job: "a")).Status,
            (await driver.Ask("gpt-test+status:500#2", job: "a")).Status,
            (await driver.Ask("gpt-test+status:500#2", job: "b")).Status,
            (await driver.Ask("gpt-test+status:500#2", job: "a")).Status,
        ];

        Assert.Equal([500, 500, 500, 200], statuses);
    }

    [Fact]
    public async Task Chance_strikes_about_as_often_as_told()
    {
        for (var call = 0; call < 200; call++)
        {
            await driver.Ask("gpt-test+status:500@0.25");
        }

        Assert.InRange(driver.Emulator.Bill.ByStatus[500], 30, 70);
    }

    [Fact]
    public async Task Cut_answers_nothing_and_bills_nothing()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => driver.Ask("gpt-test+cut"));

        Assert.Equal(0, driver.Emulator.Bill.Billed);
        Assert.Equal(0, Assert.Single(driver.Emulator.Calls).Status);
    }

    [Fact]
    public async Task Cut_after_loses_an_answer_that_is_billed()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => driver.Ask("gpt-test+cut-after", job: "a"));

        Assert.Equal(1, driver.Emulator.TimesBilled("a"));
    }

    [Fact]
    public async Task Broken_answer_is_half_a_JSON_and_billed()
    {
        var answer = await driver.Ask("gpt-test+broken");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("{\"id\":", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.Text.EndsWith('}'));
        Assert.Equal(1, driver.Emulator.Bill.Billed);
    }

    [Fact]
    public async Task Html_is_a_bad_gateway()
    {
        var answer = await driver.Ask("gpt-test+html");

        Assert.Equal((502, "text/html"), (answer.Status, answer.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Hanging_call_is_billed_and_ends_after_ten_minutes()
    {
        var hanging = driver.Ask("gpt-test+hang", job: "a");
        await time.FirstWait;

        time.Advance(TimeSpan.FromMinutes(10));

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        Assert.Equal(1, driver.Emulator.TimesBilled("a"));
    }

    [Fact]
    public async Task Hanging_call_does_not_hold_the_emulator_open()
    {
        var hanging = driver.Ask("gpt-test+hang");
        await time.FirstWait;

        await driver.Emulator.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Slow_call_is_answered_after_its_delay()
    {
        var slow = driver.Ask("gpt-test", fault: "slow:500,status:500");
        await time.FirstWait;
        Assert.False(slow.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(500, (await slow).Status);
    }

    [Fact]
    public async Task Answer_names_the_model_with_its_faults() =>
        Assert.Equal("gpt-test+slow:0", (await driver.Ask("gpt-test+slow:0")).Json.GetProperty("model").GetString());

    [Fact]
    public async Task Rule_meets_its_model_only_until_it_is_cleared()
    {
        driver.Emulator.Faults.Add("status:500", model: "gpt-a");
        var met = await driver.Ask("gpt-a");
        var spared = await driver.Ask("gpt-b");
        driver.Emulator.Faults.Clear();
        var cleared = await driver.Ask("gpt-a");

        Assert.Equal((500, 200, 200), (met.Status, spared.Status, cleared.Status));
    }

    [Fact]
    public async Task Rule_over_HTTP_meets_its_endpoint_only()
    {
        await driver.Send(HttpMethod.Put, "/_emulator/faults", """[{"endpoint":"/v1/models","fault":"status:503"}]""");

        Assert.Equal((503, 200), ((await driver.Get("/v1/models")).Status, (await driver.Ask("gpt-test")).Status));
    }

    [Theory]
    [InlineData("explode")]
    [InlineData("status:200")]
    [InlineData("slow")]
    [InlineData("status:500@2")]
    public async Task Fault_outside_the_language_is_refused(string fault)
    {
        var answer = await driver.Ask("gpt-test", fault: fault);

        Assert.Equal((400, "emulator_fault"), (answer.Status, answer.Code));
        Assert.Throws<FaultSyntaxException>(() => driver.Emulator.Faults.Add(fault));
    }
}
