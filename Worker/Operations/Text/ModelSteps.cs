using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// A message to a model, step by step: the model is asked, or asked after, or functions that it wants are answered. Each step does one of these
/// and, unless it has the last answer, suspends the job with what it came to, so that a killed worker costs no more than the step it was in.
/// </summary>
sealed class ModelSteps(
    OpenAIClients openAI, ClaimChecks payloads, BackgroundResponses background, Toolbox tools, ToolRounds rounds, MadeFiles files, LeadingInstructions instructions)
{
    /// <param name="given">The message.</param>
    /// <param name="state">What earlier steps came to.</param>
    /// <param name="posted">Finds the answer to the same step of an earlier delivery, where it may have been lost.</param>
    /// <param name="cancellation">Ends the step.</param>
    /// <exception cref="SuspendedException">There is a next step.</exception>
    public async Task<ModelMessaged> Next(MessageModel given, JobState state, Func<MessageModel, CancellationToken, Task<Answer?>>? posted, CancellationToken cancellation)
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
            : (posted is null ? null : await posted(turn, cancellation)) ?? await Ask(turn, state, throughResponses, cancellation);

        if (rounds.Asked(request, state, CallsOf(answer, throughResponses), asked => ToolTurn.Remember(asked, state, request, answer, throughResponses)) is { } next)
            throw next;
        var read = throughResponses ? ResponsesAnswer.Read(answer, request) : ChatAnswer.Read(answer, request);
        var (result, made) = await files.In(read, request, answer, cancellation);
        return made.Count == 0
            ? OutputReading.Checked(result, request, answer)
            // A response that was made in the background can be asked for again.
            : await Keeping.Of(async (isLast, token) => result with { Files = await payloads.Keep(made, isLast, token) }, state.Background is null ? null : state);
    }

    async Task<Answer> Ask(MessageModel turn, JobState state, bool throughResponses, CancellationToken cancellation)
    {
        if (MadeFiles.MayBe(turn))
            await payloads.Ready(cancellation);
        var (calls, whole) = (openAI.Of(turn), await payloads.Inlined(turn, cancellation));
        return throughResponses
            ? background.Done(await calls.Respond(ResponsesBody.Of(background.Chosen(whole), ToolTurn.Items(whole, state)).ToContent(), cancellation), state)
            : await calls.CompleteChat(ChatBody.Of(whole).ToContent(), cancellation);
    }

    // An answer that was cut short may have cut a call.
    static List<ToolCall> CallsOf(Answer answer, bool throughResponses)
    {
        if (throughResponses)
            return answer.Body.Text("status") is null or "completed" ? ResponsesAnswer.Calls(answer.Body) : [];
        var choice = answer.Body.Items("choices").FirstOrDefault();
        return choice.Text("finish_reason") is "length" or "error" ? [] : ChatAnswer.Calls(choice.Member("message") ?? default);
    }
}
