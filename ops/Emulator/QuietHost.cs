namespace OpenAIWorker.Emulator;

/// <summary>A web server that logs nothing: it runs inside tests and benchmarks.</summary>
static class QuietHost
{
    public static WebApplication Build(string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bounded per endpoint, with OpenAI's error body.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        // A test that disposes the emulator does not wait for calls that hang.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        return builder.Build();
    }
}
