using System.ClientModel;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>A connection that could not be made, or broke.</summary>
static class BrokenConnection
{
    // The SDK wraps a refused connection in a ClientResultException of status 0, but does not wrap a connection that
    // breaks during an answer.
    public static bool Is(Exception thrown) =>
        thrown is HttpRequestException or IOException or InvalidDataException or ClientResultException { Status: 0 }
            or TaskCanceledException
        || thrown is AggregateException { InnerException: { } inner } && Is(inner);

    /// <summary>The failure of the job: transient, unless a proxy will refuse again.</summary>
    public static FailureException Failure(Exception broken)
    {
        var failure = new Failure(FailureKind.Transient, FailureCodes.Unreachable,
            $"The provider could not be reached, or disconnected: {ConnectionWords.Of(broken)}.");
        return new(ProxyRefusal.IsCertain(broken)
            ? failure with { Kind = FailureKind.Permanent, Remedy = Remedy.Operator }
            : failure, broken);
    }
}
