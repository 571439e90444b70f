using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>The log of the real program with different settings.</summary>
public sealed class LogFormatSpecs
{
    [Fact]
    public async Task A_line_begins_with_date_time_and_zone() =>
        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ", await Log());

    [Fact]
    public async Task A_log_for_programs_is_JSON_with_the_same_times()
    {
        var lines = (await Log("--Logging:Console:FormatterName=json")).Split('\n').Where(line => line.StartsWith('{'))
            .ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
            Assert.True(JsonElement.Parse(line).GetProperty("Timestamp").GetDateTimeOffset().Offset == TimeSpan.Zero));
    }

    [Theory]
    [InlineData(FailureCodes.Unreachable, "api.example.com refused the connection.", null,
        "unreachable: api.example.com refused the connection.")]
    [InlineData(FailureCodes.InvalidRequest, "temperature is 3; allowed: 0 to 2.", "temperature",
        "invalid_request (member temperature)")]
    [InlineData(FailureCodes.ContentPolicy, "The prompt 'secret' was refused.", null,
        "content_policy (the provider says moderation_blocked)")]
    public void Why_a_job_failed_is_said_without_a_word_of_its_request(string code, string message, string? member,
        string says) =>
        Assert.Equal(says, LoggedReason.Of(code, message, member,
            code == FailureCodes.ContentPolicy ? new() { Code = "moderation_blocked", Message = "secret" } : null));

    // No provider listens at this port: the job fails at once, which is an error in the log.
    static async Task<string> Log(params string[] settings) => (await ForeignProgram.Run("dotnet", "",
        [WorkerProgram.Path, "send", "message-model", "--model", "m", "--max-retries", "0", "Hello", "--wait",
            .. TestSettings.For(null),
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{FreePort.Next()}/v1",
            "--Logging:LogLevel:Default=Information", .. settings],
        new Dictionary<string, string>())).Said;
}
