using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Web.OpenAI.Batches;
using OpenAIWorker.Web.OpenAI.Calls;
using OpenAIWorker.Web.OpenAI.Files;
using OpenAIWorker.Web.OpenAI.Responses;

namespace OpenAIWorker.Web.OpenAI;

static class OpenAIRegistration
{
    /// <summary>Adds the API in OpenAI's shapes, so that an OpenAI SDK uses the queue by its base URL alone.</summary>
    public static IServiceCollection AddOpenAIShapes(this IServiceCollection services) => services
        .AddSingleton<ResponseJobs>()
        .AddSingleton<ResponseStates>()
        .AddSingleton<BatchBell>()
        .AddSingleton<BatchJobs>()
        .AddSingleton<BatchTools>()
        .AddSingleton(host => new Lazy<BatchTools>(host.GetRequiredService<BatchTools>))
        .AddSingleton<IWebRoutes, CallRoutes>()
        .AddSingleton<IWebRoutes, ResponseRoutes>()
        .AddSingleton<IWebRoutes, ModelRoutes>()
        .AddSingleton<IWebRoutes, FileRoutes>()
        .AddSingleton<IWebRoutes, BatchRoutes>()
        .AddHostedService<BatchWork>()
        .AddHostedService<ApiUpkeep>();
}
