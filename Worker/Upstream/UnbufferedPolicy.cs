using System.ClientModel.Primitives;

namespace OpenAIWorker.Upstream;

/// <summary>
/// Takes the place of the SDK's retries, and leaves each body to its reader. Not earlier: if a call is unbuffered from
/// the start and accepts <c>text/event-stream</c>, the pipeline follows redirects by itself, and sends the call again
/// when its answer breaks off.
/// </summary>
sealed class UnbufferedPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("Calls are asynchronous.");

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline,
        int currentIndex)
    {
        message.BufferResponse = false;
        return pipeline[currentIndex + 1].ProcessAsync(message, pipeline, currentIndex + 1);
    }
}
