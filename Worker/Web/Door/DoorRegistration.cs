using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Web.Door.Events;
using OpenAIWorker.Web.Door.Groups;
using OpenAIWorker.Web.Door.Jobs;
using OpenAIWorker.Web.Door.OpenApi;
using OpenAIWorker.Web.Door.Payloads;

namespace OpenAIWorker.Web.Door;

static class DoorRegistration
{
    /// <summary>Adds the HTTP API for jobs.</summary>
    public static IServiceCollection AddDoor(this IServiceCollection services) => services
        .AddSingleton<JobEntry>()
        .AddSingleton<JobGivingUp>()
        .AddSingleton<EndingTail>()
        .AddSingleton<EventFeed>()
        .AddSingleton<JobFinder>()
        .AddSingleton<IWebRoutes, SendRoutes>()
        .AddSingleton<IWebRoutes, ManyJobsRoutes>()
        .AddSingleton<IWebRoutes, JobRoutes>()
        .AddSingleton<IWebRoutes, CancelRoutes>()
        .AddSingleton<IWebRoutes, GroupRoutes>()
        .AddSingleton<IWebRoutes, PayloadRoutes>()
        .AddSingleton<IWebRoutes, EventRoutes>()
        .AddSingleton<IWebRoutes, OpenApiRoutes>();
}
