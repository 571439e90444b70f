using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

static class Absence
{
    /// <summary>Null in the place of a refusal that says that there is no such thing, or no such endpoint.</summary>
    public static async Task<T?> OrNothing<T>(this Task<T> call) where T : class
    {
        try
        {
            return await call;
        }
        catch (FailureException absent) when (absent.Failure.Code == FailureCodes.NotFound)
        {
            return null;
        }
    }

    /// <summary>Null in the place of any failure, after some tries: what is got belongs to an answer that is paid for, and must not cost it.</summary>
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
}
