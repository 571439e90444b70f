using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Assistants.Notes;

/// <summary>Keeps an assistant's answer in its job's state, while the store for a part of it is unavailable.</summary>
static class KeptResults
{
    // Its usage is counted with the call.
    public static JobState With(JobState state, AssistantMessaged result) => state with
    {
        Background = null,
        Assistant = null,
        Items = null,
        Answered = JsonSerializer.SerializeToElement(result with { Usage = null },
            ContractJson.Default.AssistantMessaged),
    };

    public static AssistantMessaged Read(JobState state) =>
        state.Answered!.Value.Deserialize(ContractJson.Default.AssistantMessaged)!;
}
