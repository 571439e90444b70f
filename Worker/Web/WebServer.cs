using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web;

/// <summary>Listens for requests, and authenticates them.</summary>
sealed partial class WebServer(IOptions<WebOptions> options, TokenBook tokens, SignedIn sessions,
    IEnumerable<IWebRoutes> routes, TimeProvider clock, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    // Further connections wait in the system's backlog.
    const int MostConnections = 5000;
    static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(15);

    // Also for a connection that has sent nothing yet.
    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);
    static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    readonly Log log = new(logs.CreateLogger<WebServer>());
    WebApplication? app;

    int Port => options.Value.Port ?? WebOptions.UsualPort;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        builder.Services.AddSingleton(logs).AddSingleton(clock);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        builder.Services.AddAccess(options.Value, tokens, sessions);
        app = builder.Build();
        app.UseFaults(logs).UseAccess();
        foreach (var some in routes)
            some.Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new SettingsException(
                [
                    $"Web:Port is {Port}, but the worker cannot listen on it: {taken.Message} Choose another, "
                        + "or leave it out."]);
        }
        var scheme = options.Value.CertificateFile is { Length: > 0 } ? "https" : "http";
        log.Listens($"{scheme}://{Shown(ListenAddress.Of(options.Value))}:{Port}");
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    void Listen(KestrelServerOptions kestrel)
    {
        var web = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = web.MaxJobBytes;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.RequestHeadersTimeout = HeadersTime;
        kestrel.Limits.KeepAliveTimeout = IdleTime;
        kestrel.Listen(ListenAddress.Of(web), Port, listen =>
        {
            if (web.CertificateFile is { Length: > 0 } file)
                listen.UseHttps(Certificate(file, web.KeyFile));
        });
    }

    static X509Certificate2 Certificate(string file, string? key)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(file, key is { Length: > 0 } ? key : file);
            // In this form Windows can use it too.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception unfit) when (unfit is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                [$"Web:CertificateFile and Web:KeyFile cannot be used: {unfit.Message} Both must be PEM files."]);
        }
    }

    static string Shown(IPAddress address) => IPAddress.IsLoopback(address)
        ? "localhost"
        : address.Equals(IPAddress.IPv6Any) ? "*" : new IPEndPoint(address, 0).ToString()[..^2];

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(70, LogLevel.Information, "Jobs over HTTP, and pages: {Address}")]
        public partial void Listens(string address);
    }
}
