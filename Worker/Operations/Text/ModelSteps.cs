using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// A message to a model, step by step: call the model, poll it, or answer its function calls. Each step does one of
/// these and, unless it has the final answer, suspends the job with its state, so that a killed worker costs only the
/// current step.
/// </summary>
sealed class ModelSteps(
    OpenAIClients openAI, ClaimChecks payloads, BackgroundResponses background, Toolbox tools, ToolRounds rounds,
    MadeFiles files, LeadingInstructions instructions)
{
    /// <param name="given">The message.</param>
    /// <param name="state">The result of earlier steps.</param>
    /// <param name="posted">Finds the answer to the same step of an earlier delivery, which may have been lost.</param>
    /// <param name="cancellation">Stops the step.</param>
    /// <exception cref="SuspendedException">There is a next step.</exception>
    public async Task<ModelMessaged> Next(MessageModel given, JobState state,
        Func<MessageModel, CancellationToken, Task<ProviderResponse?>>? posted, CancellationToken cancellation)
    {
        var throughResponses = ApiChoice.Of(given, openAI.Of(given).PreferredApi) == ModelApi.Responses;
        MessageModelCheck.Of(given, throughResponses);
        tools.Check(given);
        var completed = tools.Completed(given);
        var request = throughResponses ? instructions.In(SealedReasoning.Asked(completed, tools)) : completed;
        if (state.AwaitsTools)
            throw await rounds.Answer(request, state, cancellation);

        var turn = ToolTurn.Of(request, state, throughResponses);
        var answer = state.Background is not null
            ? await background.Look(turn, state, cancellation)
            : (posted is null ? null : await posted(turn, cancellation))
            ?? await Ask(turn, state, throughResponses, cancellation);

        if (rounds.Asked(request, state, CallsOf(answer, throughResponses),
            asked => ToolTurn.Remember(asked, state, request, answer, throughResponses)) is { } next)
            return await Carry(next.Suspension, request, state, answer, throughResponses, cancellation);
        var (read, made) = await files.In(Read(answer, request, throughResponses), request, answer,
            state.Earlier?.Files?.Count ?? 0, cancellation);
        var result = RoundsSoFar.In(read, state);
        return made.Count == 0
            ? OutputReading.Checked(result, request, answer)
            // A response that was made in the background can be requested again.
            : await Keeping.Of(async (isLast, token) =>
                result with { Files = [.. result.Files ?? [], .. await payloads.Keep(made, isLast, token)] },
                state.Background is null ? null : state);
    }

    /// <summary>Ends a step that called functions. Other output of its answer goes with the job.</summary>
    async Task<ModelMessaged> Carry(Suspension next, MessageModel request, JobState state, ProviderResponse answer,
        bool throughResponses, CancellationToken cancellation)
    {
        // Text before the final answer is not JSON yet.
        var plain = request with { Output = null, Simplify = true };
        var (read, made) = await files.In(Read(answer, plain, throughResponses), plain, answer,
            state.Earlier?.Files?.Count ?? 0, cancellation);
        var (earlier, toKeep) = RoundsSoFar.With(state, read, made);
        return await Keeping.Of<ModelMessaged>(async (isLast, token) =>
        {
            var kept = await payloads.KeepAside(toKeep, isLast, token);
            var whole = earlier with { Files = kept.Count > 0 ? [.. earlier.Files ?? [], .. kept] : earlier.Files };
            throw new SuspendedException(
                next with { State = next.State with { Earlier = whole == new EarlierRounds() ? null : whole } });
        }, state.Background is null ? null : state);
    }

    // Gateways may answer one API in the form of the other.
    static ModelMessaged Read(ProviderResponse answer, MessageModel request, bool throughResponses) =>
        IsResponse(answer, throughResponses) ? ResponsesAnswer.Read(answer, request) : ChatAnswer.Read(answer, request);

    static bool IsResponse(ProviderResponse answer, bool throughResponses) => throughResponses
        ? answer.Body.Member("output") is not null || !ChatContent.ChoicesOf(answer.Body).Any()
        : answer.Body.Member("output") is { ValueKind: JsonValueKind.Array }
        && !ChatContent.ChoicesOf(answer.Body).Any();

    async Task<ProviderResponse> Ask(MessageModel turn, JobState state, bool throughResponses,
        CancellationToken cancellation)
    {
        if (MadeFiles.MayBe(turn))
            await payloads.Ready(cancellation);
        var (calls, whole) = (openAI.Of(turn), await payloads.Inlined(turn, cancellation));
        return throughResponses
            ? background.Done(await calls.Respond(ResponsesBody.Of(background.Chosen(whole),
                ToolTurn.Items(whole, state)).ToContent(), cancellation), state)
            : await calls.CompleteChat(ChatBody.Of(whole, ToolTurn.Items(whole, state)).ToContent(), cancellation);
    }

    // A truncated answer may contain a truncated call. If the model also waits for the caller, all calls are the
    // caller's. An answer in the other API's form cannot be continued.
    static List<ToolCall> CallsOf(ProviderResponse answer, bool throughResponses)
    {
        if (IsResponse(answer, throughResponses) != throughResponses)
            return [];
        if (throughResponses)
            return ResponseStatus.IsWhole(answer.Body) && ResponsesAnswer.Calls(answer.Body) is { Count: > 0 } calls
                && !ResponsesAnswer.WaitsForCaller(answer.Body) ? calls : [];
        var choice = ChatContent.ChoicesOf(answer.Body).FirstOrDefault();
        var message = ChatContent.MessageOf(choice);
        var finish = choice.Text("finish_reason");
        var isCut = FinishReasons.Usual(finish) == FinishReasons.Length || FinishReasons.IsFailure(finish);
        return isCut || ChatAnswer.WaitsForCaller(message) ? [] : ChatAnswer.Calls(message);
    }
}
