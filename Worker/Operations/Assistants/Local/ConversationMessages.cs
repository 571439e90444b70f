using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Local;

/// <summary>
/// Messages in the provider's conversations, answered by Responses. Only one job at a time uses a conversation, and it
/// notes the last item before its own: the items after it are its turn, whatever their text.
/// </summary>
sealed class ConversationMessages(
    OpenAIClients openAI, ThreadStore threads, ThreadTurns turns, JobNotes notes, JobOwners owners, ModelSteps model)
{
    /// <summary>Null: the provider has no conversations.</summary>
    public async Task<AssistantMessaged?> Message(MessageAssistant request, ProviderResponse assistant, JobState state,
        CancellationToken cancellation)
    {
        var turn = AssistantTurn.Of(request, assistant.Body) with { Api = ModelApi.Responses };
        // Checked before a conversation is created for nothing.
        MessageModelCheck.Of(turn, throughResponses: true);
        var earlier = await notes.Find(request, cancellation);
        if ((request.ThreadId ?? earlier?.ThingId ?? await Make(request, assistant, cancellation)) is not { } thread
            || LocalMessages.IsOwn(thread))
            return null;
        await MayEnter(request, cancellation);
        var entry = await turns.Enter(request, thread, state, cancellation);
        await using var held = entry.Held!;

        return await held.Through(() => Keeping.Then(
            Step(request, turn, assistant, thread, earlier, entry.WasHere, state, cancellation),
            (said, _, _) => Task.FromResult(AssistantTurn.Answered(said, assistant, thread))), state,
                keepsTurns: false);
    }

    async Task<ModelMessaged> Step(
        MessageAssistant request, MessageModel turn, ProviderResponse assistant, string thread, Note? earlier,
        bool wasHere, JobState state, CancellationToken cancellation)
    {
        var calls = openAI.Of(request);
        var note = earlier ?? await notes.Add(request,
            new(thread, request.ThreadId is null ? null : await PostedTurn.LastItem(calls, thread, cancellation)),
            cancellation);
        // Other jobs were in the thread meanwhile: this job's turn ends where the first of them began.
        var end = earlier is null || wasHere ? null : await notes.Next(request, note, cancellation);

        async Task<ProviderResponse?> Posted(MessageModel step, CancellationToken token)
        {
            if (await new PostedTurn(calls, step, note, end?.LastId).Answer(token) is { } answer)
                return answer;
            if (end is not null)
                await notes.Move(request, note, await PostedTurn.LastItem(calls, thread, token), token);
            return null;
        }

        return await model.Next(turn with { ConversationId = thread, StoreMetadata = Marks(request, assistant) }, state,
            earlier is null ? null : Posted, cancellation);
    }

    // The provider identifies a conversation only by its id.
    async Task MayEnter(MessageAssistant request, CancellationToken cancellation)
    {
        if (request.ThreadId is { } given && owners.AreTenants
            && !await threads.Has(owners.OwnerOf(request), given, cancellation))
            throw AssistantFailures.NoThread(given);
    }

    async Task<string?> Make(MessageAssistant request, ProviderResponse assistant, CancellationToken cancellation)
    {
        var created = await openAI.Of(request)
            .Send("POST", "conversations", new JsonBody { { "metadata", Marks(request, assistant) } }.ToContent(),
                cancellation).OrNoSuchApi();
        if (created is null)
            return null;
        var id = created.Body.Id() ?? throw created.Broken("a conversation that has no id");
        await threads.Make(owners.OwnerOf(request), id, cancellation);
        return (await notes.Add(request, new(id), cancellation)).ThingId;
    }

    static Dictionary<string, string> Marks(MessageAssistant request, ProviderResponse assistant) => new()
    {
        ["assistant_id"] = assistant.Body.Id()!,
        ["job_id"] = request.JobId!,
    };
}
