using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>
/// An assistant's answer inside its job's state, while the store that has to keep a part of it is away.
/// </summary>
static class KeptResults
{
    // What it used is counted with the call.
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
