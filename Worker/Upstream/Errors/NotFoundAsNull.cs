using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream.Errors;

static class NotFoundAsNull
{
    /// <summary>Null in the place of a refusal that says that there is no such thing, or no such endpoint.</summary>
    public static Task<T?> OrNothing<T>(this Task<T> call)
        where T : class => call.Or(failure => failure.Code == FailureCodes.NotFound);

    /// <summary>The same for a whole API, whose absence providers say in several ways.</summary>
    public static Task<T?> OrNoSuchApi<T>(this Task<T> call) where T : class =>
        call.Or(failure => failure.Code == FailureCodes.NotFound || failure.Status is 400 or 404 or 405 or 501);

    /// <summary>Null in the place of any refusal: what is asked for is worth less than what it belongs to.</summary>
    public static Task<T?> OrWithout<T>(this Task<T> call) where T : class => call.Or(_ => true);

    /// <summary>Null where the connection broke in the middle.</summary>
    public static Task<T?> OrBroken<T>(this Task<T> reading)
        where T : class => reading.Or(failure => failure.Code == FailureCodes.Unreachable);

    static async Task<T?> Or<T>(this Task<T> call, Func<Failure, bool> isAbsent) where T : class
    {
        try
        {
            return await call;
        }
        catch (FailureException absent) when (isAbsent(absent.Failure))
        {
            return null;
        }
    }

    /// <summary>
    /// Null in the place of any failure, after some tries: what is got belongs to an answer that is paid for, and must
    /// not cost it.
    /// </summary>
    public static async Task<T?> OrNothing<T>(Func<Task<T>> get, int tries) where T : class
    {
        for (var left = tries; left > 0; left--)
        {
            try
            {
                return await get();
            }
            catch (FailureException missing) when (missing.Failure.Kind == FailureKind.Permanent)
            {
                return null;
            }
            catch (FailureException)
            {
                // Perhaps the next try.
            }
        }
        return null;
    }

    /// <summary>
    /// Null, and what the failure says, in the place of a failure that may pass: for a question that is asked again
    /// anyway.
    /// </summary>
    public static async Task<(T? Answer, string? Says)> OrWhyNot<T>(this Task<T> call) where T : class
    {
        try
        {
            return (await call, null);
        }
        catch (FailureException passing) when (passing.Failure.Kind != FailureKind.Permanent)
        {
            return (null, passing.Message);
        }
    }
}
