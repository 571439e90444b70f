using System.Text;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Shown;

/// <summary>A request or an ending, or the reason why it cannot be shown.</summary>
static class ContentText
{
    public static string Read(JobKey job, SealedContent content, ContentCipher cipher) =>
        Open(job, content, cipher).Text;

    /// <summary>The same with its bytes; null: it cannot be shown.</summary>
    public static (byte[]? Bytes, string Text) Open(JobKey job, SealedContent content, ContentCipher cipher)
    {
        try
        {
            var bytes = cipher.Open(job, content);
            return (bytes, Encoding.UTF8.GetString(bytes));
        }
        catch (FailureException closed)
        {
            return (null, $"(cannot be shown: {StoreFailures.Bare(closed.Failure)})");
        }
    }
}
