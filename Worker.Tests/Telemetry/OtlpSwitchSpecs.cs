using Microsoft.Extensions.Configuration;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>When telemetry leaves the process.</summary>
public sealed class OtlpSwitchSpecs
{
    [Theory]
    [InlineData(false)]
    [InlineData(true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317")]
    [InlineData(true, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://collector:4317")]
    [InlineData(true, "Telemetry:Otlp=true")]
    [InlineData(false, "Telemetry:Otlp=false", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317")]
    [InlineData(false, "Telemetry:Otlp=true", "OTEL_SDK_DISABLED=true")]
    [InlineData(false, "OTEL_EXPORTER_OTLP_ENDPOINT=")]
    public void It_is_sent_where_the_settings_say_so(bool isSent, params string[] settings) =>
        Assert.Equal(isSent, OtlpExport.IsWanted(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting =>
                KeyValuePair.Create(setting.Split('=')[0], (string?)setting.Split('=', 2)[1]))).Build()));

    [Fact]
    public async Task All_three_signals_arrive_under_the_name_that_the_variables_give()
    {
        await using var collector = await Collector.Start();
        await using (var worker = await EmbeddedWorker.Start([.. collector.Settings, "--OTEL_SERVICE_NAME=jobs-of-mine",
            "--OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=here", .. Loud]))
            await worker.Answer(Busy.Ask("m"));

        Assert.All(["traces", "metrics", "logs"], signal =>
        {
            Assert.Contains("jobs-of-mine", collector.All(signal), StringComparison.Ordinal);
            Assert.Contains("deployment.environment.name", collector.All(signal), StringComparison.Ordinal);
        });
        Assert.Contains("chat m", collector.All("traces"), StringComparison.Ordinal);
        Assert.Contains("openai_worker.queue.wait", collector.All("metrics"), StringComparison.Ordinal);
        Assert.Contains("message-model completed, attempt 1", collector.All("logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_signal_can_be_left_out()
    {
        await using var collector = await Collector.Start();
        await using (var worker = await EmbeddedWorker.Start(
            [.. collector.Settings, "--OTEL_LOGS_EXPORTER=none", .. Loud]))
            await worker.Answer(Busy.Ask("m"));

        Assert.NotEmpty(collector.All("traces"));
        Assert.Empty(collector.All("logs"));
    }

    [Fact]
    public async Task A_collector_that_is_away_delays_no_job()
    {
        await using var worker = await EmbeddedWorker.Start("--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1",
            "--OTEL_EXPORTER_OTLP_TIMEOUT=500");

        Assert.Equal("m", (await worker.Answer(Busy.Ask("m"))).Model);
    }

    static string[] Loud => ["--Logging:LogLevel:Default=Information", "--Logging:Console:LogLevel:Default=None"];
}
