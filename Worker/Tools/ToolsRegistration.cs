using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tools;

static class ToolsRegistration
{
    public static IServiceCollection AddTools(this IServiceCollection services) => services
        .AddSettings<ToolsOptions, ToolsOptionsValidator>()
        .AddSingleton<IValidateOptions<ToolsOptions>, ToolsRules>()
        .AddSingleton<Toolbox>()
        .AddSingleton<ToolRounds>()
        .AddSingleton(_ =>
            new LocalTools(new(new Unpacking(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5)
            }))
            {
                // Each call has its own time limit, and an answer that is too long for the model is not read.
                Timeout = Timeout.InfiniteTimeSpan,
                MaxResponseContentBufferSize = LocalTools.LongestAnswer,
            }));
}
