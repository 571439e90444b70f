using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream.Errors;

static class NotFoundAsNull
{
    /// <summary>Null instead of a refusal that says that the thing or the endpoint does not exist.</summary>
    public static Task<T?> OrNothing<T>(this Task<T> call)
        where T : class => call.Or(failure => failure.Code == FailureCodes.NotFound);

    /// <summary>The same for a whole API, whose absence providers report in several ways.</summary>
    public static Task<T?> OrNoSuchApi<T>(this Task<T> call) where T : class =>
        call.Or(failure => failure.Code == FailureCodes.NotFound || failure.Status is 400 or 404 or 405 or 501);

    /// <summary>Null instead of any refusal, for an optional part of something more important.</summary>
    public static Task<T?> OrWithout<T>(this Task<T> call) where T : class => call.Or(_ => true);

    /// <summary>Null if the connection broke during the answer.</summary>
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
    /// Null instead of any failure, after some attempts: the thing belongs to a paid answer, which must not be lost
    /// because of it.
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
                // The next attempt may succeed.
            }
        }
        return null;
    }

    /// <summary>
    /// Null and the failure's message, instead of a transient failure, for a poll that is repeated anyway.
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
