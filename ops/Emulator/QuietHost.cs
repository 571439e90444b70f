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
            // Limited per endpoint, with OpenAI's error body.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        // A test that disposes the emulator does not wait for hanging calls.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        return builder.Build();
    }
}
