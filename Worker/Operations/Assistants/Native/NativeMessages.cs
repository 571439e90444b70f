using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants.Native;

/// <summary>
/// Messages in the provider's threads: <c>/threads</c>. While a run continues, its job waits in the broker, and polls
/// the run when it is delivered.
/// </summary>
sealed class NativeMessages(OpenAIClients openAI, JobNotes notes, NativeAnswer reading, Toolbox tools,
    ToolRounds rounds, IOptions<OpenAIOptions> options, TimeProvider clock) : IAssistantMessages
{
    const string Code = WaitCodes.Run;

    public async Task<AssistantMessaged> Message(MessageAssistant request, ProviderResponse assistant, JobState state,
        CancellationToken cancellation)
    {
        Check(request);
        var turn = AssistantTurn.Of(request, assistant.Body);
        tools.Check(turn);
        if (state.AwaitsTools)
            throw await rounds.Answer(turn, state, cancellation);
        var calls = openAI.Of(request);
        var note = await notes.Find(request, cancellation)
            ?? await notes.Add(request, await Begin(calls, request, cancellation), cancellation);
        var thread = new NativeThread(calls, request, note.ThingId);

        var run = await Run(request, assistant, thread, note, state, cancellation);
        var kept = state with
        {
            Run = new(run.Body.Id() ?? throw run.Broken("a run that has no id"),
            state.Run?.Since ?? clock.GetUtcNow())
        };
        // At once, in case this worker is killed now: with providers without metadata another run would be started.
        if (note.LastId != kept.Run.Id)
            note = await notes.Move(request, note, kept.Run.Id, cancellation);
        if (!IsOver(run))
            throw Waits(request, kept);
        if (rounds.Asked(turn, kept, NativeAnswer.Calls(run.Body), asked => asked) is { } next)
            throw next;

        return await reading.Of(request, assistant, thread, note.ThingId, run, kept with { Run = null, Calls = null },
            cancellation);
    }

    /// <summary>An abandoned run would block its thread for the next job until the provider ends it.</summary>
    public async Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation)
    {
        if (state.Run is { } run && await notes.Find(request, cancellation) is { } note)
            await new NativeThread(openAI.Of(request), request, note.ThingId).Cancel(run.Id, cancellation).OrWithout();
    }

    // An unknown status counts as running: a run that is read too early would give half an answer.
    static bool IsOver(ProviderResponse run) =>
        run.Body.Text("status") is null or "completed" or "incomplete" or "failed" or "expired" or "cancelled"
            or "requires_action";

    // The run has the submitted outputs. Subscribers are told once of each wait.
    Exception Waits(MessageAssistant request, JobState state)
    {
        var (run, longest) = (state.Run!, request.Timeout ?? options.Value.Background.Timeout);
        return clock.GetUtcNow() - run.Since <= longest
            ? new SuspendedException(new(state with { Calls = null }, options.Value.PollInterval, Code,
                $"The provider is working on run {run.Id}.")
            { IsNews = state is { Step: 0 } or { Calls: not null } })
            : new FailureException(AssistantFailures.RunTooLong(run.Id, longest)) { State = state };
    }

    static void Check(MessageAssistant request)
    {
        Never("background", request.Background is not null,
            "has no effect here: a run is always in the background. Leave it out.");
        Never("approvals", request.Approvals is not null,
            "the provider's assistants do not support MCP servers. Leave them out.");
        Never("prompt", request is { Prompt: not null, ToolOutputs.Count: > 0 },
            "the run still waits for toolOutputs. Send only those.");
        foreach (var (index, image) in (request.Images ?? []).Index())
        {
            Needed($"images[{index}]", image is { Url: not null } or { FileId: not null },
                "the provider's threads accept only url and fileId.");
            ImageParts.Detail($"images[{index}].detail", image?.Detail, throughResponses: false);
        }
        foreach (var (index, file) in (request.Files ?? []).Index())
            Needed($"files[{index}].fileId", file?.FileId is not null,
                "the provider's threads accept only uploaded files. Upload it.");
    }

    static async Task<Note> Begin(OpenAICalls calls, MessageAssistant request, CancellationToken cancellation)
    {
        if (request.ThreadId is not { } thread)
            return new(await NativeThread.Create(calls, request, cancellation));
        if (request.ToolOutputs is not { Count: > 0 })
            return new(thread);
        var waiting = await new NativeThread(calls, request, thread).WaitingRun(cancellation);
        Never("toolOutputs", waiting is null, $"no run of thread '{thread}' waits for them.");
        return new(thread, waiting);
    }

    static async Task<ProviderResponse> Run(MessageAssistant request, ProviderResponse assistant, NativeThread thread,
        Note note, JobState state, CancellationToken cancellation)
    {
        if ((state.Run?.Id ?? note.LastId ?? await thread.OwnRun(cancellation)) is not { } known)
            return await thread.Start(assistant, cancellation);
        var run = await thread.Run(known, cancellation);
        // A run with a transient failure is not polled again: the job is retried. Its messages are in the thread.
        if (state.Run is null && request.ToolOutputs is not { Count: > 0 } && NativeAnswer.MayBeTriedAnew(run))
            return await thread.Start(assistant, cancellation);
        var outputs = Outputs(request, state);
        return NativeAnswer.Calls(run.Body).Exists(call => outputs.Exists(output => output.ToolCallId == call.Id))
            ? await thread.Submit(known, outputs, cancellation)
            : run;
    }

    static List<ToolOutput> Outputs(MessageAssistant request, JobState state) => state.Calls is { } calls
        ? [.. calls.Select(call => new ToolOutput { ToolCallId = call.Call.Id, Text = call.Answer! })]
        : [.. request.ToolOutputs ?? []];
}
