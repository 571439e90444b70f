using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A host for downloads that answers as a test demands.</summary>
sealed class FileHost : IAsyncDisposable
{
    readonly WebApplication app;

    FileHost(WebApplication app) => this.app = app;

    public int Port =>
        new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public int Calls { get; private set; }

    public static async Task<FileHost> Start(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = new FileHost(builder.Build());
        host.app.Run(http =>
        {
            host.Calls++;
            return answer(http);
        });
        await host.app.StartAsync();
        return host;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
