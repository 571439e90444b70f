using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Other;

/// <summary>
/// Polls a long operation that a call started at the provider: a batch, a fine-tuning, the files of a vector store. Its
/// job waits in the broker, and uses no worker between two polls.
/// </summary>
sealed class ApiPolls(OpenAIClients openAI, IOptions<OpenAIOptions> options, TimeProvider clock)
{
    const string Code = WaitCodes.Background;
    const string UsualMember = "status";

    // Long work is polled less often: a tenth of its time is a short wait.
    const int PartOfItsTime = 10;
    const int LongestStatus = 200;
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    static readonly TimeSpan UsualTimeout = TimeSpan.FromDays(1);

    static readonly string[] UsualEnds = ["completed", "succeeded", "success", "processed", "done", "ended", "failed",
        "error", "cancelled", "canceled", "expired", "incomplete"];

    /// <summary>Begins to wait, unless the first answer is the end already.</summary>
    /// <exception cref="SuspendedException">It is not.</exception>
    public void Begin(CallApi request, string method, ApiCalled result, JobState state)
    {
        if (request.Wait is null)
            return;
        var body = result.Body
            ?? throw Broken(result, "a body that is not JSON, so there is nothing to wait for");
        var first = new ProviderResponse(body, result.RequestId, result.Status);
        if (!IsOver(request.Wait, first))
            throw Waits(state with { Polling = new(PathOf(request, method, first), clock.GetUtcNow()) }, TimeSpan.Zero,
                StatusOf(request.Wait, first), isNews: true);
    }

    /// <summary>Polls once.</summary>
    /// <exception cref="SuspendedException">It is not over.</exception>
    public async Task<ProviderResponse> Look(CallApi request, JobState state, ApiPolling begun,
        CancellationToken cancellation)
    {
        var age = clock.GetUtcNow() - begun.Since;
        // The work continues at the provider: a poll without an answer is repeated.
        var (answer, passing) = await openAI.Of(request)
            .Send("GET", begun.Path, null, request.Headers, cancellation, body => IsOver(request.Wait!, body))
            .OrWhyNot();
        if (answer is not null && IsOver(request.Wait!, answer))
            return answer;
        var longest = request.Wait!.Timeout ?? UsualTimeout;
        return age <= longest
            ? throw Waits(state, age, answer is null ? $"unknown ({passing})" : StatusOf(request.Wait, answer),
                isNews: false)
            : throw new FailureException(TooLong(begun.Path, longest));
    }

    static bool IsOver(ApiWait wait, ProviderResponse answer) => IsOver(wait, StatusOf(wait, answer));

    static bool IsOver(ApiWait wait, JsonElement body) =>
        Member(body, wait.Member ?? UsualMember) is { } status && IsOver(wait, status);

    static bool IsOver(ApiWait wait, string status) =>
        (wait.Until ?? UsualEnds).Contains(status, StringComparer.OrdinalIgnoreCase);

    static string StatusOf(ApiWait wait, ProviderResponse answer) =>
        Member(answer.Body, wait.Member ?? UsualMember)
            ?? throw answer.Broken($"no member {wait.Member ?? UsualMember}, which has the status");

    static string PathOf(CallApi request, string method, ProviderResponse first)
    {
        var own = request.Path!.Trim('/');
        var path = CallApiCheck.Places()
            .Replace(request.Wait!.Path?.Trim('/') ?? (method is "POST" ? $"{own}/{{id}}" : own),
            place =>
                Uri.EscapeDataString(Member(first.Body, place.Groups[1].Value)
                    ?? throw first.Broken($"no member {place.Groups[1].Value}, which the path to poll needs")));
        // Values from the provider's answer are checked too.
        FreePath.Check("wait.path", path);
        return path;
    }

    static string? Member(JsonElement body, string path) =>
        path.Split('.').Aggregate((JsonElement?)body, (inner, step) => inner?.Member(step)) is { } found
            ? found.ValueKind == JsonValueKind.String ? found.ToString() : found.GetRawText()
            : null;

    SuspendedException Waits(JobState state, TimeSpan age, string status, bool isNews)
    {
        var delay = age / PartOfItsTime is var part && part > options.Value.PollInterval
            ? part
            : options.Value.PollInterval;
        return new(new(state, delay < LongestWait ? delay : LongestWait, Code,
            $"The provider is working on {state.Polling!.Path}: {Excerpt.Marked(status, LongestStatus)}.")
        { IsNews = isNews });
    }

    static FailureException Broken(ApiCalled result, string with) =>
        new(Failure.Broken(result.Status, result.RequestId, with));

    static Failure TooLong(string path, TimeSpan timeout) => new(FailureKind.Permanent, FailureCodes.Timeout,
        $"The provider worked on {path} for longer than {timeout}, and continues. Raise wait.timeout, or poll with a "
            + "job with the method GET.", Remedy.Sender);
}
