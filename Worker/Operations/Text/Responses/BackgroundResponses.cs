using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// Responses that the provider makes in the background. Their jobs wait in the broker, each with the name of its
/// response: whichever worker takes one up again asks after that response, and does not pay for another.
/// </summary>
sealed class BackgroundResponses(OpenAIClients openAI, IOptions<OpenAIOptions> options, TimeProvider clock)
{
    const string Code = WaitCodes.Background;

    // A long response is asked after less often: a tenth of its time is no long wait.
    const int PartOfItsTime = 10;
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The request, to be answered in the background where the settings say so of its model or effort.
    /// </summary>
    public MessageModel Chosen(MessageModel request) =>
        request is { Background: null, Store: not false } && !request.HasExtra("background")
            && !request.HasExtra("store") && options.Value.Background.IsFor(request)
            ? request with { Background = true }
            : request;

    /// <summary>An answer that is one; where the provider is still at it, the job is suspended.</summary>
    public Answer Done(Answer answer, JobState state) => IsDone(answer)
        ? answer
        : throw Waits(state with
        {
            Background = new(answer.Body.Text("id")
            ?? throw answer.Broken("a response that has no id"), clock.GetUtcNow())
        }, TimeSpan.Zero, isNews: true);

    /// <summary>Asks after a response.</summary>
    public async Task<Answer> Look(MessageModel request, JobState state, CancellationToken cancellation)
    {
        var begun = state.Background!;
        var age = clock.GetUtcNow() - begun.Since;
        var answer = await Ask(request, state, cancellation);
        if (answer is not null && IsDone(answer) && IsResponse(answer))
            return answer;
        if (age <= Longest(request))
            throw Waits(state, age, isNews: false);
        await Cancel(request, state, cancellation);
        throw new FailureException(TooLong(begun.Id, Longest(request)));
    }

    /// <summary>Ends the response in the background, which is not waited for any more.</summary>
    public Task Cancel(JobRequest request, JobState state, CancellationToken cancellation) =>
        state.Background is { } response
            ? openAI.Of(request).CancelResponse(response.Id, cancellation)
            : Task.CompletedTask;

    // The work goes on at the provider. To give up over a question that found no answer would pay for it twice.
    async Task<Answer?> Ask(MessageModel request, JobState state, CancellationToken cancellation)
    {
        try
        {
            return await openAI.Of(request).Response(state.Background!.Id, cancellation);
        }
        // A page of a gateway says nothing of the response either.
        catch (FailureException passing)
            when (passing.Failure is not { Kind: FailureKind.Permanent } or { Code: FailureCodes.BrokenAnswer })
        {
            return null;
        }
        catch (FailureException refused)
        {
            // Where only the credential is refused, the job waits for it, and the response for the job.
            throw new FailureException(refused.Failure,
                refused)
            { State = refused.Failure.Code == FailureCodes.NotFound ? null : state };
        }
    }

    static bool IsDone(Answer answer) => !ResponseStatus.IsOpen(answer.Body);

    static bool IsResponse(Answer answer) => answer.Body.Text("status") is not null
        || answer.Body.Member("output") is not null || answer.Body.Member("error") is not null;

    TimeSpan Longest(MessageModel request) => request.Timeout ?? options.Value.Background.Timeout;

    SuspendedException Waits(JobState state, TimeSpan age, bool isNews)
    {
        var delay = age / PartOfItsTime is var part && part > options.Value.PollInterval
            ? part
            : options.Value.PollInterval;
        return new(new(state, delay < LongestWait ? delay : LongestWait, Code,
            $"The provider is at response {state.Background!.Id}.")
        { IsNews = isNews });
    }

    static Failure TooLong(string id, TimeSpan timeout) => new(FailureKind.Permanent, FailureCodes.Timeout,
        $"The provider worked on response {id} for longer than {timeout}, and was told to stop. It may have been "
            + "billed. Raise timeout (OpenAI:Background:Timeout), or lower maxTokens.");
}
