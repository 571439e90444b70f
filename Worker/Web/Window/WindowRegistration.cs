using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Web.Window.Jobs;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Overview;

namespace OpenAIWorker.Web.Window;

static class WindowRegistration
{
    /// <summary>The pages.</summary>
    public static IServiceCollection AddWindow(this IServiceCollection services) => services
        .AddSingleton<TickCache>()
        .AddSingleton<LiveShows>()
        .AddSingleton<LiveWorkers>()
        .AddSingleton<PageDesk>()
        .AddSingleton<OverviewReading>()
        .AddSingleton<IWebRoutes, OverviewRoutes>()
        .AddSingleton<IWebRoutes, JobRoutes>()
        .AddSingleton<IWebRoutes, MediaRoutes>();
}
