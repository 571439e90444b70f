namespace OpenAIWorker.Contracts;

/// <summary>
/// The closed list of <see cref="OperationFailed.Code"/>. <c>Contracts/errors.md</c> says who can fix each one, and
/// how.
/// </summary>
public static class FailureCodes
{
    /// <summary>
    /// The body is not a JSON object, is an envelope of another message, or no operation of that name exists.
    /// </summary>
    public const string Unreadable = "unreadable";

    /// <summary>
    /// A member is missing, out of range, contradictory or unknown; or the API refused the request (400, 415, 422).
    /// </summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The request names a credential that the worker's settings lack.</summary>
    public const string UnknownCredential = "unknown_credential";

    /// <summary>
    /// The request names a credential that its sender may not use (<c>OpenAI:Credentials:NAME:Tenants</c>).
    /// </summary>
    public const string CredentialNotAllowed = "credential_not_allowed";

    /// <summary>The input is longer than the model takes.</summary>
    public const string ContextLengthExceeded = "context_length_exceeded";

    /// <summary>The provider's content policy refused the input or the output.</summary>
    public const string ContentPolicy = "content_policy";

    /// <summary>The model does not exist, is retired, or is not open to this credential.</summary>
    public const string ModelNotFound = "model_not_found";

    /// <summary>
    /// A thing that the request names (a response, a conversation, a file, an endpoint) does not exist at the provider,
    /// or a payload no longer exists in the worker's store.
    /// </summary>
    public const string NotFound = "not_found";

    /// <summary>
    /// The answer should be JSON and is not; the message says why. Its text is in <see cref="OperationFailed.Text"/>.
    /// </summary>
    public const string OutputNotJson = "output_not_json";

    /// <summary>
    /// The request is larger than the rate limit, or than the provider accepts (413), so it can never succeed.
    /// </summary>
    public const string RequestTooLarge = "request_too_large";

    /// <summary>The result is larger than a message may be (<c>Broker:LargestMessage</c>).</summary>
    public const string ResultTooLarge = "result_too_large";

    /// <summary>The key was refused (401).</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The key may not do this, or not from here (403).</summary>
    public const string Forbidden = "forbidden";

    /// <summary>Credit, quota or a spend limit is used up.</summary>
    public const string QuotaExhausted = "quota_exhausted";

    /// <summary>The rate limit did not let the job pass in time (429).</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The provider is overloaded (503, 529, 498, <c>slow_down</c>).</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The provider failed (5xx).</summary>
    public const string ProviderError = "provider_error";

    /// <summary>
    /// Another call holds a thing that this call needs (409, <c>conversation_locked</c>), or a name is already taken.
    /// </summary>
    public const string Conflict = "conflict";

    /// <summary>
    /// There was no connection to the provider or to the host of a <c>url</c>, or it broke before the answer was
    /// complete.
    /// </summary>
    public const string Unreachable = "unreachable";

    /// <summary>Another request has the job's id, and a record of it is kept (<c>Records:Keep</c>).</summary>
    public const string JobIdConflict = "job_id_conflict";

    /// <summary>No answer within the job's <see cref="JobRequest.Timeout"/>.</summary>
    public const string Timeout = "timeout";

    /// <summary>A successful answer that could not be read, or has nothing to read.</summary>
    public const string BrokenAnswer = "broken_answer";

    /// <summary>
    /// The message's AMQP expiration ended before a worker took the job; or the job's <see cref="JobRequest.Deadline"/>
    /// passed, or would have passed before the next attempt.
    /// </summary>
    public const string DeadlineExceeded = "deadline_exceeded";

    /// <summary>The job waited longer than the worker's <c>Delivery:MaxAge</c>.</summary>
    public const string WaitedTooLong = "waited_too_long";

    /// <summary>A <see cref="CancelJob"/> asked for it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The job was delivered again and again without an ending: it may crash the worker.</summary>
    public const string Poison = "poison";

    /// <summary>The queue of a function's handler is not there.</summary>
    public const string ToolUnreachable = "tool_unreachable";

    /// <summary>
    /// The worker's database or payload store was unavailable until the job's time ended. Until then its jobs wait.
    /// </summary>
    public const string StoreUnavailable = "store_unavailable";

    /// <summary>
    /// The worker's database or payload store refuses it: no rights, no bucket, read-only, damaged, or of a newer
    /// worker.
    /// </summary>
    public const string StoreRefused = "store_refused";

    /// <summary>The worker itself failed: a bug, or its machine.</summary>
    public const string WorkerError = "worker_error";
}
