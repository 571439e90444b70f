using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Emulator;
using OpenAIWorker.Health;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Telemetry;

namespace OpenAIWorker.Tests.Health;

/// <summary>What the worker reports at its health port.</summary>
public sealed class HealthSpecs : IDisposable
{
    readonly int port = FreePort.Next();
    readonly HttpClient http = new();

    [Fact]
    public async Task A_worker_with_a_broker_and_a_key_is_ready()
    {
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}");

        Assert.Equal((HttpStatusCode.OK, """{"status":"live"}"""), await Get("/health/live"));
        Assert.Equal(
            (HttpStatusCode.OK,
                """{"status":"ready","broker":"up","credentials":[{"name":"default","status":"working"}],"limiter":"""
                    + """{"running":0,"waiting":0,"coolingDown":[]}}"""),
            await Get("/health/ready"));
    }

    [Fact]
    public async Task Where_every_credential_is_paused_it_lives_and_is_not_ready()
    {
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}");
        worker.Emulator.Faults.Add("status:401");

        var job = worker.Answer(Busy.Ask("m"));
        await Eventually.Is(async () => (await Get("/health/ready")).Status == HttpStatusCode.ServiceUnavailable);

        var report = JsonElement.Parse((await Get("/health/ready")).Body);
        Assert.Equal("unready", report.GetProperty("status").GetString());
        var credential = report.GetProperty("credentials")[0];
        Assert.Equal("paused", credential.GetProperty("status").GetString());
        Assert.True(credential.GetProperty("nextProbe").GetDateTimeOffset() > credential.GetProperty("since")
            .GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.OK, (await Get("/health/live")).Status);
        Assert.False(job.IsCompleted);
    }

    [Fact]
    public async Task Where_one_of_two_credentials_is_paused_it_is_degraded_and_ready()
    {
        await using var emulated = await OpenAIEmulator.Start();
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}",
            $"--OpenAI:Credentials:other:BaseUrl={emulated.BaseUrl}", "--OpenAI:Credentials:other:ApiKey=sk-invalid");

        _ = worker.End(Busy.Ask("m") with { Credential = "other" });

        await Eventually.Is(async () => await Get("/health/ready") is (HttpStatusCode.OK, var body)
            && body.StartsWith("""{"status":"degraded","broker":"up","credentials":""", StringComparison.Ordinal));
        Assert.DoesNotContain("sk-invalid", (await Get("/health/ready")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_cools_down_is_named()
    {
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}");

        _ = worker.End(Busy.Ask("hot+status:429+retry-after:600"));

        await Eventually.Is(async () =>
            (await Get("/health/ready")).Body.Contains("""coolingDown":[{"credential":"default","group":"hot""",
                StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await Get("/health/ready")).Status);
    }

    [Fact]
    public async Task A_worker_that_waits_for_its_broker_lives_and_is_not_ready()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var builder = WorkerHost.Worker([$"--Broker:Uri=amqp://127.0.0.1:{FreePort.Next()}", $"--Health:Port={port}",
            .. TestSettings.For(emulator)]);
        using var host = builder.Build();
        using var stop = new CancellationTokenSource();
        var starting = host.StartAsync(stop.Token);

        Assert.Equal(HttpStatusCode.OK, (await Get("/health/live")).Status);
        var (status, body) = await Get("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "away"),
            (status, JsonElement.Parse(body).GetProperty("broker").GetString()));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health/ready/../../etc/passwd", HttpStatusCode.NotFound)]
    [InlineData("POST", "/health/ready", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/health/ready", HttpStatusCode.OK)]
    public async Task Nothing_else_is_answered(string method, string path, HttpStatusCode status)
    {
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}");

        using var answer = await http.SendAsync(new(new(method), $"http://127.0.0.1:{port}{path}"),
            TestContext.Current.CancellationToken);

        Assert.Equal((status, ""),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_verb_asks_the_same()
    {
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}");

        Assert.Equal((true, """{"status":"live"}"""),
            await HealthQuery.Ask(port, HealthServer.Live, TestContext.Current.CancellationToken));
        Assert.False((await HealthQuery.Ask(FreePort.Next(), HealthServer.Live,
            TestContext.Current.CancellationToken)).IsGood);
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_worker_in_a_sentence()
    {
        await using var first = await EmbeddedWorker.Start($"--Health:Port={port}");

        var wrong = await Assert.ThrowsAsync<SettingsException>(() => EmbeddedWorker.Start($"--Health:Port={port}"));

        Assert.StartsWith($"Health:Port is {port}, but the worker cannot listen on it: ", wrong.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_another_program_has_stops_the_worker_in_the_same_sentence()
    {
        using var other = new TcpListener(IPAddress.Any, port);
        other.Start();

        var wrong = await Assert.ThrowsAsync<SettingsException>(() => EmbeddedWorker.Start($"--Health:Port={port}"));

        Assert.StartsWith($"Health:Port is {port}, but", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_another_program_has_taken_since_does_not_disturb_the_end()
    {
        var server = new HealthServer(Options.Create(new HealthOptions { Port = port }), null!);
        await server.StartAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(TestContext.Current.CancellationToken);
        using var other = new TcpListener(IPAddress.Any, port);
        other.Start();

        server.Dispose();
    }

    public void Dispose() => http.Dispose();

    async Task<(HttpStatusCode Status, string Body)> Get(string path)
    {
        using var answer = await http.GetAsync($"http://127.0.0.1:{port}{path}", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
