using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Web.Window.Assistants;
using OpenAIWorker.Web.Window.Failures;
using OpenAIWorker.Web.Window.Groups;
using OpenAIWorker.Web.Window.Jobs;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Operating;
using OpenAIWorker.Web.Window.Overview;
using OpenAIWorker.Web.Window.Spend;

namespace OpenAIWorker.Web.Window;

static class WindowRegistration
{
    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddWindow(this IServiceCollection services) => services
        .AddSingleton<TickCache>()
        .AddSingleton<LiveShows>()
        .AddSingleton<LiveWorkers>()
        .AddSingleton<PageDesk>()
        .AddSingleton<OverviewReading>()
        .AddSingleton<IWebRoutes, OverviewRoutes>()
        .AddSingleton<IWebRoutes, JobPages>()
        .AddSingleton<IWebRoutes, MediaRoutes>()
        .AddSingleton<IWebRoutes, JobDeedRoutes>()
        .AddSingleton<FailureWork>()
        .AddSingleton<IWebRoutes, FailureRoutes>()
        .AddSingleton<OrderReading>()
        .AddSingleton<IWebRoutes, LimitRoutes>()
        .AddSingleton<IWebRoutes, CredentialRoutes>()
        .AddSingleton<IWebRoutes, GroupPages>()
        .AddSingleton<IWebRoutes, AssistantRoutes>()
        .AddSingleton<IWebRoutes, SpendRoutes>();
}
