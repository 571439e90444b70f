using System.Net;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Health;

/// <summary>A probe that does not wait for the worker to start.</summary>
public sealed class AskedAtStartSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task A_worker_that_is_asked_without_a_pause_while_it_starts_is_unready_and_then_ready()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var port = FreePort.Next();
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Ask(http, stop.Token))).ToList();

        await using var worker = await BrokerWorker.Start(broker, BrokerFixture.NewPrefix(), emulator,
            [$"--Health:Port={port}"]);

        await Eventually.Is(async () =>
            (await http.GetAsync("/health/ready",
                TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK);
        await stop.CancelAsync();
        var answers = (await Task.WhenAll(asking)).SelectMany(answer => answer).ToList();
        Assert.Contains(("/health/ready", HttpStatusCode.ServiceUnavailable), answers);
        Assert.All(answers, answer =>
            Assert.Contains(answer.Status, answer.Path == "/health/live"
                ? [HttpStatusCode.OK]
                : new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
    }

    // Before the port is open, and never afterwards, the connection is refused, or reset by a listener that broke while
    // it opened.
    static async Task<List<(string Path, HttpStatusCode Status)>> Ask(HttpClient http, CancellationToken stop)
    {
        var answers = new List<(string Path, HttpStatusCode Status)>();
        while (!stop.IsCancellationRequested)
        {
            foreach (var path in new[] { "/health/ready", "/health/live" })
            {
                try
                {
                    using var answer = await http.GetAsync(path, stop);
                    answers.Add((path, answer.StatusCode));
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return answers;
                }
                catch (HttpRequestException) when (answers.Count == 0)
                {
                    await Task.Yield();
                }
            }
        }
        return answers;
    }
}
