using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// Responses that the provider makes in the background. Their jobs wait in the broker, each with the id of its
/// response. Whichever worker receives the job polls that response, and does not pay for another.
/// </summary>
sealed class BackgroundResponses(OpenAIClients openAI, IOptions<OpenAIOptions> options, TimeProvider clock)
{
    const string Code = WaitCodes.Background;

    // A long response is polled less often: a tenth of its time is a short wait.
    const int PartOfItsTime = 10;
    // A provider with several places may not know a new response in all of them at once.
    static readonly TimeSpan New = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>The request; it is answered in the background if the settings say so for its model or effort.</summary>
    public MessageModel Chosen(MessageModel request) =>
        request is { Background: null, Store: not false } && !request.HasExtra("background")
            && !request.HasExtra("store") && options.Value.Background.IsFor(request)
            ? request with { Background = true }
            : request;

    /// <summary>The finished answer; if the provider still works on it, the job is suspended.</summary>
    public ProviderResponse Done(ProviderResponse answer, JobState state) => IsDone(answer)
        ? answer
        : throw Waits(state with
        {
            Background = new(answer.Body.Id()
            ?? throw answer.Broken("a response that has no id"), clock.GetUtcNow())
        }, TimeSpan.Zero, isNews: true);

    /// <summary>Polls a response.</summary>
    public async Task<ProviderResponse> Look(MessageModel request, JobState state, CancellationToken cancellation)
    {
        var begun = state.Background!;
        var age = clock.GetUtcNow() - begun.Since;
        var answer = await Ask(request, state, isNew: age < New, cancellation);
        if (answer is not null && IsDone(answer) && IsResponse(answer))
            return answer;
        if (age <= Longest(request))
            throw Waits(state, age, isNews: false);
        await Cancel(request, state, cancellation);
        throw new FailureException(TooLong(begun.Id, Longest(request)));
    }

    /// <summary>Cancels the response in the background, that no job waits for any more.</summary>
    public Task Cancel(JobRequest request, JobState state, CancellationToken cancellation) =>
        state.Background is { } response
            ? openAI.Of(request).CancelResponse(response.Id, cancellation)
            : Task.CompletedTask;

    // The work continues at the provider. Giving up because of a failed poll would pay for it twice.
    async Task<ProviderResponse?> Ask(MessageModel request, JobState state, bool isNew, CancellationToken cancellation)
    {
        try
        {
            return await openAI.Of(request).Response(state.Background!.Id, cancellation);
        }
        // A gateway's error page says nothing about the response either.
        catch (FailureException passing)
            when (passing.Failure is not { Kind: FailureKind.Permanent } or { Code: FailureCodes.BrokenAnswer }
                || isNew && passing.Failure.Code == FailureCodes.NotFound)
        {
            return null;
        }
        catch (FailureException refused)
        {
            // If only the credential is refused, the job waits for the credential, and continues the response later.
            throw new FailureException(refused.Failure,
                refused)
            { State = refused.Failure.Code == FailureCodes.NotFound ? null : state };
        }
    }

    static bool IsDone(ProviderResponse answer) => !ResponseStatus.IsOpen(answer.Body);

    static bool IsResponse(ProviderResponse answer) => answer.Body.Text("status") is not null
        || answer.Body.Member("output") is not null || answer.Body.Member("error") is not null;

    TimeSpan Longest(MessageModel request) => request.Timeout ?? options.Value.Background.Timeout;

    SuspendedException Waits(JobState state, TimeSpan age, bool isNews)
    {
        var delay = age / PartOfItsTime is var part && part > options.Value.PollInterval
            ? part
            : options.Value.PollInterval;
        return new(new(state, delay < LongestWait ? delay : LongestWait, Code,
            $"The provider is working on response {state.Background!.Id}.")
        { IsNews = isNews });
    }

    static Failure TooLong(string id, TimeSpan timeout) => new(FailureKind.Permanent, FailureCodes.Timeout,
        $"The provider worked on response {id} for longer than {timeout}, and was told to stop. It may have been "
            + "billed. Raise timeout (OpenAI:Background:Timeout), or lower maxTokens.");
}
