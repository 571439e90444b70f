using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>
/// An assistant as the body of <c>POST /assistants</c> and <c>POST /assistants/{id}</c>. This worker stores assistants
/// in the same form.
/// </summary>
static class AssistantBody
{
    /// <param name="request">The requested values.</param>
    /// <param name="before">The assistant so far; its tools stay if the request does not mention them.</param>
    /// <param name="vectorStores">Where to search; null: unchanged.</param>
    public static JsonBody Of(AssistantRequest request, JsonElement before, IReadOnlyList<string>? vectorStores)
    {
        var tools = new AssistantTools(request, before, vectorStores);
        return new(request)
        {
            { "model", request.Model },
            { "name", request.Name },
            { "description", request.Description },
            { "instructions", request.Instructions },
            { "tools", tools.AreGiven ? tools.All : null },
            { "tool_resources", tools.AreGiven ? tools.Resources : null },
            { "temperature", request.Temperature },
            { "top_p", request.TopP },
            { "response_format", ChatBody.Format(request.Output) },
            { "reasoning_effort", request.ReasoningEffort },
            { "metadata", request.StoreMetadata },
        };
    }
}
