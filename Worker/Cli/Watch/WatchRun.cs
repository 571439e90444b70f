using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Watch;

static class WatchRun
{
    // https://man7.org/linux/man-pages/man3/errno.3.html
    const int BrokenPipe = 32;

    public static async Task<int> Run(IReadOnlyList<string> settings, IReadOnlyList<string> patterns, bool json,
        CancellationToken cancellation)
    {
        await using var services = WorkerHost.Settings(settings).Services.AddBroker().BuildServiceProvider();
        var broker = services.GetRequiredService<IOptions<BrokerOptions>>().Value;
        if (broker.IsEmbedded)
            throw new SettingsException(
                [
                    "Broker:Uri is missing. Set it to the broker whose events you want to follow; the embedded "
                        + "transport has none."]);
        try
        {
            await using var output = new StreamWriter(StandardOutput.Open()) { AutoFlush = true };
            var watch = new EventWatch(broker, services.GetRequiredService<QueueNames>());
            await foreach (var happened in watch.Follow(patterns,
                () => Told.Error("Watching. Ctrl-C ends it."), cancellation))
                output.WriteLine(json
                    ? PlainText.Json(Encoding.UTF8.GetString(happened.Body.Span))
                    : PlainText.Line(Line(happened)));
        }
        catch (IOException gone) when (gone.HResult == BrokenPipe)
        {
            // The reader, such as head, has closed the pipe.
        }
        return ExitCodes.Success;
    }

    // The event, its job, and the reason: message-model.failed job-1 invalid_request temperature is 3; allowed: 0 to
    // 2.
    static string Line(WatchedEvent happened)
    {
        var body = JsonElement.Parse(happened.Body.Span);
        var what = body.Text("jobId") ?? body.Text("credential") ?? body.Text("group");
        var words = new[] { happened.RoutingKey, what, body.Text("code"),
            body.Text("message")?.ReplaceLineEndings(" ") };
        return string.Join(' ', words.Where(word => word is not null));
    }
}
