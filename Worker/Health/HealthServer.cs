using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Health;

/// <summary>
/// Answers <c>GET /health/live</c> and <c>/health/ready</c>. The runtime's own listener is enough: with Kestrel the
/// worker started 0.1 s later, used 13 MB more memory, and needed an image with ASP.NET, 27 MB larger, for two answers
/// of one line.
/// </summary>
sealed class HealthServer(IOptions<HealthOptions> options, HealthReading reading) : IHostedService, IDisposable
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    const int Tries = 20;

    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    HttpListener listener = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Listen();
        }
        catch (HttpListenerException taken)
        {
            throw new SettingsException(
                [
                    $"Health:Port is {options.Value.Port}, but the worker cannot listen on it: {taken.Message}. Choose "
                        + "another, or leave it out."]);
        }
        _ = Serve();
        return Task.CompletedTask;
    }

    // A request that arrives just while it opens its port breaks the runtime's listener, which leaves the port to the
    // collector.
    void Listen()
    {
        for (var tries = 1; ; tries++)
        {
            listener.Prefixes.Add($"http://+:{options.Value.Port}/");
            try
            {
                listener.Start();
                return;
            }
            catch (ArgumentNullException) when (tries < Tries)
            {
                listener = new();
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Close();
        return Task.CompletedTask;
    }

    public void Dispose() => Close();

    // To leave its port the listener opens it once more if nothing of this process has it, although another process may
    // have it by then.
    void Close()
    {
        try
        {
            listener.Close();
        }
        catch (HttpListenerException)
        {
            // Then it has left it.
        }
    }

    async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception)
            {
                // The caller disconnected, the listener was stopped, or a part failed to report: the next request is
                // answered nevertheless.
                await Task.Delay(Rest);
            }
        }
    }

    void Answer(HttpListenerContext context)
    {
        var (status, body) = context.Request.Url?.AbsolutePath switch
        {
            _ when context.Request.HttpMethod is not ("GET" or "HEAD") => (HttpStatusCode.MethodNotAllowed, []),
            Live when reading.IsDead => (HttpStatusCode.ServiceUnavailable, "{\"status\":\"deaf\"}"u8.ToArray()),
            Live => (HttpStatusCode.OK, "{\"status\":\"live\"}"u8.ToArray()),
            Ready => Report(),
            _ => (HttpStatusCode.NotFound, Array.Empty<byte>()),
        };
        var response = context.Response;
        (response.StatusCode, response.ContentType) = ((int)status, "application/json");
        // The listener would send the body even for a HEAD request.
        response.Close(context.Request.HttpMethod == "HEAD" ? [] : body, willBlock: false);
    }

    (HttpStatusCode, byte[]) Report()
    {
        var report = reading.Read();
        return (report.IsReady ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable,
            JsonSerializer.SerializeToUtf8Bytes(report, HealthJson.Default.HealthReport));
    }
}
