using System.Security.Cryptography;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Local;

/// <summary>
/// Messages in conversations that this worker stores, answered by Chat Completions: for providers that have nothing
/// else.
/// </summary>
sealed class ThreadMessages(ThreadStore threads, ThreadTurns turns, JobNotes notes, JobOwners owners, ModelSteps model)
{
    const int RandomBytes = 16;

    public async Task<AssistantMessaged> Message(MessageAssistant request, ProviderResponse assistant, JobState state,
        CancellationToken cancellation)
    {
        if (await threads.Find(owners.OwnerOf(request), owners.KeyOf(request), cancellation) is { } done)
            return done.Answer.Deserialize(ContractJson.Default.AssistantMessaged)!;
        var thread = await Thread(request, cancellation);
        await using var held = (await turns.Enter(request, thread, state, cancellation)).Held!;

        var turn = AssistantTurn.Of(request, assistant.Body);
        return await held.Through(() => Keeping.Then(
            state.Answered is null
                ? Ask(thread, turn, assistant, state, cancellation)
                : Task.FromResult(KeptResults.Read(state)),
            async (result, _, token) =>
            {
                await held.Add(Json([.. ToolTurn.Of(turn, state, throughResponses: false).Messages!, Reply(result)]),
                    JsonSerializer.SerializeToElement(result, ContractJson.Default.AssistantMessaged), token);
                return result;
            },
            result => KeptResults.With(state, result)), state);
    }

    async Task<AssistantMessaged> Ask(string thread, MessageModel turn, ProviderResponse assistant, JobState state,
        CancellationToken cancellation)
    {
        var whole = turn with
        {
            Api = ModelApi.ChatCompletions,
            Messages = [.. await Said(thread, cancellation), .. turn.Messages!]
        };
        return AssistantTurn.Answered(await model.Next(whole, state, null, cancellation), assistant, thread);
    }

    async Task<string> Thread(MessageAssistant request, CancellationToken cancellation)
    {
        if (request.ThreadId is { } given)
            return await threads.Has(owners.OwnerOf(request), given, cancellation)
                ? given
                : throw AssistantFailures.NoThread(given);
        // It cannot be guessed, and is the same when the job is delivered again.
        return (await notes.Find(request, cancellation)
            ?? await notes.Add(request, new(NewThread()), cancellation)).ThingId;
    }

    static string NewThread() =>
        ThreadStore.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    async Task<IEnumerable<ModelMessage>> Said(string thread, CancellationToken cancellation) =>
        (await threads.Read(thread, cancellation))
            .SelectMany(turn => turn.Deserialize(ContractJson.Default.IReadOnlyListModelMessage)!);

    static ModelMessage Reply(AssistantMessaged answer) =>
        new()
        {
            Role = "assistant",
            Text = answer.Text ?? answer.Refusal ?? (answer.ToolCalls is null ? "" : null),
            ToolCalls = answer.ToolCalls
        };

    static JsonElement Json(IReadOnlyList<ModelMessage> messages) =>
        JsonSerializer.SerializeToElement(messages, ContractJson.Default.IReadOnlyListModelMessage);
}
