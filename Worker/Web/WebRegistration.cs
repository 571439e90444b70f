using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;
using OpenAIWorker.Settings;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.OpenAI;
using OpenAIWorker.Web.Window;

namespace OpenAIWorker.Web;

static class WebRegistration
{
    /// <summary>
    /// Starts before the bus, which waits for the broker, so that the pages can report a missing broker. Without a port
    /// nothing of ASP.NET is loaded.
    /// </summary>
    public static IServiceCollection AddWeb(this IServiceCollection services, WebOptions options)
    {
        services
            .AddSettings<WebOptions, WebOptionsValidator>()
            .AddSingleton<IValidateOptions<WebOptions>, WebRules>()
            .AddSettings<LimitsOptions, LimitsOptionsValidator>();
        return options.Port is null ? services : services.AddServer();
    }

    static IServiceCollection AddServer(this IServiceCollection services) => services
        .AddSingleton<TokenBook>()
        .AddSingleton<SignedIn>()
        .AddSingleton<IWebRoutes, LiveRoutes>()
        .AddSingleton<IWebRoutes, AssetRoutes>()
        .AddSingleton<IWebRoutes, SignInRoutes>()
        .AddDoor()
        .AddOpenAIShapes()
        .AddWindow()
        .AddHostedService<WebServer>();
}
