namespace OpenAIWorker.Health;

/// <summary>
/// Asks a worker on this machine for its health: an image without a shell has no other program for it.
/// </summary>
static class HealthQuery
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The answer, and whether it is good.</summary>
    public static async Task<(bool IsGood, string Says)> Ask(int port, string path, CancellationToken cancellation)
    {
        // No proxy is used for this machine.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), cancellation);
            return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return (false, $"No worker answers at port {port}: {silent.GetBaseException().Message}");
        }
    }
}
