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
}
