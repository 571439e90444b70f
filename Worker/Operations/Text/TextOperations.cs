using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Operations.Text;

/// <summary>The services for messages to models.</summary>
static class TextOperations
{
    public static IServiceCollection AddTextOperations(this IServiceCollection services) => services
        .AddTools()
        .AddSingleton<BackgroundResponses>()
        .AddSingleton<CitedFiles>()
        .AddSingleton<MadeFiles>()
        .AddSingleton<LeadingInstructions>()
        .AddSingleton<ModelSteps>();
}
