using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Observing;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Sends one request to the provider and reads the response. The only place where errors become a
/// <see cref="Failure"/>.
/// </summary>
sealed class CallRunner(JobRequest request, OwnSecrets secrets, TimeProvider clock, CallGatePolicy? gate = null)
{
    static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <param name="call">The call.</param>
    /// <param name="seen">Its telemetry.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="mayBeEmpty">Whether a status without a body is an answer.</param>
    /// <param name="isSound">Recognises a valid answer that contains an error: a polled thing reports its own.</param>
    public async Task<ProviderResponse> Run(Func<RequestOptions, Task<ClientResult>> call, CallSpan seen,
        CancellationToken cancellation, bool mayBeEmpty = false, Func<JsonElement, bool>? isSound = null)
    {
        var asking = gate?.ForCall();
        using var response = (await Send(call, asking, cancellation)).GetRawResponse();
        var headers = HeadersOf(response);
        if (IsRefusal(response))
            throw await Refused(response, headers, cancellation);
        var bytes = await BodyOf(response, cancellation);
        var json = LenientJson.Parse(bytes.Span);
        if (asking is not null)
            await asking.Answered(json, cancellation);
        if (mayBeEmpty && IsNod(bytes.Span))
            return new(Nothing, headers.RequestId, response.Status);
        if ((json ?? ErrorEvent.In(bytes.Span)) is not { } body)
            throw Useless(response, headers, bytes);
        if (isSound?.Invoke(body) != true && InnerError.Of(body) is { } error)
        {
            seen.Used(body);
            throw new FailureException(Refused(FailureClassifier.OfInner(response.Status, error, headers)));
        }
        var answer = Envelope.Opened(body);
        if (answer.ValueKind != JsonValueKind.Object || UselessAnswer.IsPiece(answer, bytes.Span))
            throw Useless(response, headers, bytes);
        Attempt.Current?.Accepted();
        seen.Answered(answer);
        return new(answer, headers.RequestId, response.Status);
    }

    /// <summary>The same for an answer that may be large or not JSON: the caller reads its body.</summary>
    public async Task<StreamedResponse> Open(Func<RequestOptions, Task<ClientResult>> call, CallSpan seen,
        CancellationToken cancellation)
    {
        var asking = gate?.ForCall();
        var response = (await Send(call, asking, cancellation)).GetRawResponse();
        var headers = HeadersOf(response);
        if (IsRefusal(response))
        {
            using (response)
                throw await Refused(response, headers, cancellation);
        }
        if (asking is not null)
            await asking.Answered(null, cancellation);
        Attempt.Current?.Accepted();
        return new(new DownloadStream(AnswerBody.Arriving(response), response,
            broken => seen.Failed(BrokenConnection.Failure(broken))), TypeOf(response), response.Status, headers,
            secrets, seen, clock);
    }

    // An empty body, or a word that means yes.
    static bool IsNod(ReadOnlySpan<byte> body) => body.Trim(" \t\r\n\""u8) is var word
        && (word.IsEmpty || Ascii.EqualsIgnoreCase(word, "true"u8) || Ascii.EqualsIgnoreCase(word, "ok"u8)
            || Ascii.EqualsIgnoreCase(word, "deleted"u8));

    static bool IsRefusal(PipelineResponse response) => response.Status is < 200 or > 299;

    static FailureException Useless(PipelineResponse response, UpstreamHeaders headers, ReadOnlyMemory<byte> body) =>
        new(UselessAnswer.Of(response.Status, headers.RequestId, MediaType.Of(TypeOf(response)), body.Span,
            "a body that is not a JSON object"));

    /// <summary>The provider's error. Some providers repeat the key in it.</summary>
    public async Task<UpstreamError?> ErrorOf(PipelineResponse response, CancellationToken cancellation) =>
        ErrorReading.Of((await BodyOf(response, cancellation)).Span);

    /// <summary>Records what a refusal shows about the key, and returns it.</summary>
    public static Failure Refused(Failure refused)
    {
        Attempt.Current?.Refused(refused.Status ?? 0, refused.Error);
        return refused;
    }

    async Task<FailureException> Refused(PipelineResponse response, UpstreamHeaders headers,
        CancellationToken cancellation)
    {
        var refused = Refused(FailureClassifier.Of(DatedAnswers.StatusOf(response),
            await ErrorOf(response, cancellation), headers));
        return new(response.Status is 301 or 302 or 303 or 307 or 308 || response.Status is >= 300 and < 400
            && response.Headers.TryGetValue("location", out _)
            ? refused with { Message = refused.Message.Then(Moved(response)) }
            : refused);
    }

    // An address may contain a secret after its question mark.
    static string Moved(PipelineResponse response) =>
        response.Headers.TryGetValue("location", out var target) && target is not null
        ? $"It points to {Excerpt.Marked(target.Split('?', '#')[0], 300)}. If this is the provider's new address, set "
            + "the credential's BaseUrl to it."
        : "The base URL of the credential seems to have moved.";

    static string? TypeOf(PipelineResponse response) =>
        response.Headers.TryGetValue("content-type", out var type) ? type : null;

    Task<ClientResult> Send(Func<RequestOptions, Task<ClientResult>> call, CallGatePolicy? asking,
        CancellationToken cancellation) => Reached(call(OptionsOf(asking, cancellation)), cancellation);

    async Task<ReadOnlyMemory<byte>> BodyOf(PipelineResponse response, CancellationToken cancellation) =>
        secrets.Masked(Charset.AsUtf8(await Reached(AnswerBody.Whole(response, clock, cancellation), cancellation),
            TypeOf(response)));

    static async Task<T> Reached<T>(Task<T> work, CancellationToken cancellation)
    {
        try
        {
            return await work;
        }
        catch (Exception broken) when (BrokenConnection.Is(broken) && !cancellation.IsCancellationRequested)
        {
            throw BrokenConnection.Failure(broken);
        }
    }

    UpstreamHeaders HeadersOf(PipelineResponse response)
    {
        var headers = UpstreamHeaders.Of(response.Headers, clock.GetUtcNow());
        Attempt.Current?.Answered(headers.Limits);
        return headers.RequestId is { } id ? headers with { RequestId = secrets.Masked(id) } : headers;
    }

    RequestOptions OptionsOf(CallGatePolicy? asking, CancellationToken cancellation)
    {
        var options = new RequestOptions
        {
            CancellationToken = cancellation,
            ErrorOptions = ClientErrorBehaviors.NoThrow
        };
        // OpenAI's support and a proxy's logs find a call by this id. A header accepts only ASCII.
        if (request.JobId is { Length: > 0 and <= 256 } id && id.All(character => character is >= ' ' and <= '~'))
            options.SetHeader("X-Client-Request-Id", id);
        if (asking is not null)
            options.AddPolicy(asking, PipelinePosition.PerCall);
        return options;
    }
}
