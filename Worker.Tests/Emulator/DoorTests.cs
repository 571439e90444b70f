using System.Text.Json;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

public sealed class DoorTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string Hello = """{"model":"gpt-test","input":"Say hello"}""";

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Basic abc")]
    [InlineData("Bearer sk-invalid-7")]
    public async Task Missing_or_wrong_key_is_refused(string authorization)
    {
        var answer = await shared.Driver.Post(EmulatorDriver.Responses, Hello, ("Authorization", authorization));

        Assert.Equal(401, answer.Status);
        Assert.Equal("invalid_api_key", answer.Code);
    }

    [Fact]
    public async Task Unknown_url_is_not_found()
    {
        var answer = await shared.Driver.Post("/v1/nothing", "{}");

        Assert.Equal(404, answer.Status);
        Assert.Equal("Invalid URL (POST /v1/nothing)", answer.Message);
    }

    [Fact]
    public async Task Wrong_method_is_not_allowed()
    {
        var answer = await shared.Driver.Get(EmulatorDriver.Chat);

        Assert.Equal(405, answer.Status);
        Assert.StartsWith("Not allowed to GET on /v1/chat/completions.", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"model":}""")]
    public async Task Body_that_is_no_JSON_is_refused(string body)
    {
        var answer = await shared.Driver.Post(EmulatorDriver.Responses, body);

        Assert.Equal(400, answer.Status);
        Assert.StartsWith("We could not parse the JSON body", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_above_the_bound_is_refused()
    {
        await using var small = await EmulatorDriver.Start(new EmulatorOptions { MaxBodyBytes = 10 });

        var answer = await small.Post(EmulatorDriver.Responses, Hello);

        Assert.Equal(413, answer.Status);
    }

    [Theory]
    [InlineData(EmulatorDriver.Responses, Hello, 200)]
    [InlineData(EmulatorDriver.Responses, "{}", 400)]
    [InlineData("/v1/nothing", "{}", 404)]
    public async Task Every_answer_has_the_headers(string path, string body, int status)
    {
        var answer = await shared.Driver.Post(path, body);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith("req_", answer.Headers["x-request-id"], StringComparison.Ordinal);
        Assert.Equal("2020-10-01", answer.Headers["openai-version"]);
        Assert.Equal("org-emulator", answer.Headers["openai-organization"]);
        Assert.Equal("1000000000", answer.Headers["x-ratelimit-limit-requests"]);
        Assert.Equal("1000000000", answer.Headers["x-ratelimit-remaining-tokens"]);
        Assert.Equal("0s", answer.Headers["x-ratelimit-reset-tokens"]);
        Assert.True(int.Parse(answer.Headers["openai-processing-ms"]) >= 0);
    }

    [Fact]
    public async Task Models_are_listed_and_found_by_id()
    {
        var list = await shared.Driver.Get("/v1/models");
        var first = list.Json.GetProperty("data")[0];
        var one = await shared.Driver.Get($"/v1/models/{first.GetProperty("id").GetString()}");

        Assert.Equal("list", list.Json.GetProperty("object").GetString());
        Assert.True(JsonElement.DeepEquals(first, one.Json));
    }

    [Fact]
    public async Task Unlisted_model_is_not_found()
    {
        var answer = await shared.Driver.Get("/v1/models/gpt-gone");

        Assert.Equal(404, answer.Status);
        Assert.Equal("model_not_found", answer.Code);
    }
}
