using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>A page of assistants.</summary>
sealed class ListAssistantsOperation(IAssistants assistants) : IOperation<ListAssistants, AssistantsListed>
{
    public async Task<AssistantsListed> Run(ListAssistants request, CancellationToken cancellation)
    {
        Check(request);

        var answer = await assistants.List(request, cancellation);

        var result = new AssistantsListed { RequestId = answer.RequestId };
        return request.Simplify ?? true ? result with
        {
            Assistants = Read(answer),
            HasMore = answer.Body.Truth("has_more")
        } : result with
        {
            Raw = answer.Body
        };
    }

    static void Check(ListAssistants request)
    {
        NoBody(request);
        NoNul("after", request.After);
    }

    static List<Assistant> Read(ProviderResponse answer) =>
        answer.Body.Member("data") is { ValueKind: JsonValueKind.Array }
        ? [.. answer.Body.Items("data").Select(assistant => AssistantReading.Read(answer, assistant))]
        : throw answer.Broken("something other than a list of assistants");
}
