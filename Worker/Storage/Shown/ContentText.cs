using System.Text;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Shown;

/// <summary>A request or an ending, or the reason why it cannot be shown.</summary>
static class ContentText
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
