using System.Text;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door;

/// <summary>A request or an ending, or the reason why it cannot be shown.</summary>
static class JobContent
{
    public static string Read(JobKey job, SealedContent content, ContentCipher cipher)
    {
        try
        {
            return Encoding.UTF8.GetString(cipher.Open(job, content));
        }
        catch (FailureException closed)
        {
            return $"(cannot be shown: {StoreFailures.Bare(closed.Failure)})";
        }
    }
}
