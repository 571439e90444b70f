using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Assistants;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Messages in conversations that this worker keeps, answered by Chat Completions: for providers that have nothing else.</summary>
sealed class ThreadMessages(ThreadStore threads, ModelSteps model)
{
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public async Task<AssistantMessaged> Message(MessageAssistant request, Answer assistant, JobState state, CancellationToken cancellation)
    {
        var credential = OpenAIClients.KeyOf(request);
        if (await threads.Find(credential, request.JobId!, cancellation) is { } done)
            return done.Answer.Deserialize(ContractJson.Default.AssistantMessaged)!;
        var thread = await Thread(credential, request, cancellation);
        await using var held = await threads.Hold(credential, thread, request.JobId!, (request.Timeout ?? CommonCheck.LongestTimeout) + Margin, cancellation)
            ?? throw AssistantFailures.Busy(thread);

        var turn = AssistantTurn.Of(request, assistant.Body);
        return await held.Through(() => Keeping.Then(
            state.Answered is null ? Ask(thread, turn, assistant, state, cancellation) : Task.FromResult(KeptResults.Read(state)),
            async (result, _, token) =>
            {
                await held.Add(Json([.. ToolTurn.Of(turn, state, throughResponses: false).Messages!, Reply(result)]), JsonSerializer.SerializeToElement(result, ContractJson.Default.AssistantMessaged), token);
                return result;
            },
            result => KeptResults.With(state, result)));
    }

    async Task<AssistantMessaged> Ask(string thread, MessageModel turn, Answer assistant, JobState state, CancellationToken cancellation)
    {
        var whole = turn with { Api = ModelApi.ChatCompletions, Messages = [.. await Said(thread, cancellation), .. turn.Messages!] };
        return AssistantTurn.Answered(await model.Next(whole, state, null, cancellation), assistant, thread);
    }

    /// <summary>The job is given up: its thread is free for the next.</summary>
    public Task LetGo(MessageAssistant request, CancellationToken cancellation) =>
        threads.LetGo(request.ThreadId ?? NewThread(OpenAIClients.KeyOf(request), request.JobId!), request.JobId!, cancellation);

    async Task<string> Thread(string credential, MessageAssistant request, CancellationToken cancellation)
    {
        if (request.ThreadId is not { } given)
            return NewThread(credential, request.JobId!);
        return await threads.Has(credential, given, cancellation) ? given : throw AssistantFailures.NoThread(given);
    }

    // The same for a job that comes back, and guessed by nobody who does not know the job.
    static string NewThread(string credential, string job) =>
        ThreadStore.Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{credential}\n{job}")))[..32];

    async Task<IEnumerable<ModelMessage>> Said(string thread, CancellationToken cancellation) =>
        (await threads.Read(thread, cancellation)).SelectMany(turn => turn.Deserialize(ContractJson.Default.IReadOnlyListModelMessage)!);

    static ModelMessage Reply(AssistantMessaged answer) =>
        new() { Role = "assistant", Text = answer.Text ?? answer.Refusal ?? (answer.ToolCalls is null ? "" : null), ToolCalls = answer.ToolCalls };

    static JsonElement Json(IReadOnlyList<ModelMessage> messages) => JsonSerializer.SerializeToElement(messages, ContractJson.Default.IReadOnlyListModelMessage);
}
