using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Operations.Text;

/// <summary>What messages to models need beside the calls themselves.</summary>
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
