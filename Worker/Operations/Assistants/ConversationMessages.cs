using OpenAIWorker.Assistants;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Messages in the provider's conversations, answered by Responses.</summary>
sealed class ConversationMessages(OpenAIClients openAI, JobNotes notes, ModelSteps model)
{
    /// <summary>Null: the provider has no conversations.</summary>
    public async Task<AssistantMessaged?> Message(MessageAssistant request, Answer assistant, JobState state, CancellationToken cancellation)
    {
        var turn = AssistantTurn.Of(request, assistant.Body) with { Api = ModelApi.Responses };
        // Before a conversation is made for nothing.
        MessageModelCheck.Of(turn, throughResponses: true);
        var earlier = await notes.Find(request, cancellation);
        var note = earlier;
        if (note is null && await Begin(request, assistant, cancellation) is { } begun)
            note = await notes.Add(request, begun, cancellation);
        if (note is null)
            return null;

        Task<Answer?> Posted(MessageModel step, CancellationToken token) => new PostedTurn(openAI.Of(request), step, note).Answer(token);
        var answer = model.Next(turn with { ConversationId = note.ThingId, StoreMetadata = Marks(request, assistant) }, state, earlier is null ? null : Posted, cancellation);

        return await Keeping.Then(answer, (said, _, _) => Task.FromResult(AssistantTurn.Answered(said, assistant, note.ThingId)));
    }

    async Task<Note?> Begin(MessageAssistant request, Answer assistant, CancellationToken cancellation)
    {
        var calls = openAI.Of(request);
        if (request.ThreadId is { } thread)
            return new(thread, await PostedTurn.LastItem(calls, thread, cancellation));
        var created = await calls.Send("POST", "conversations", new JsonBody { { "metadata", Marks(request, assistant) } }.ToContent(), cancellation).OrNothing();
        return created is null ? null : new(created.Body.Text("id") ?? throw created.Broken("a conversation that has no id"), null);
    }

    static Dictionary<string, string> Marks(MessageAssistant request, Answer assistant) => new()
    {
        ["assistant_id"] = assistant.Body.Text("id")!,
        ["job_id"] = request.JobId!,
    };
}
