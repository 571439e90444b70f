using System.ClientModel.Primitives;

namespace OpenAIWorker.Upstream;

/// <summary>Replaces a policy of the SDK's pipeline, and does nothing.</summary>
sealed class NoOpPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        ProcessNext(message, pipeline, currentIndex);

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline,
        int currentIndex) =>
        pipeline[currentIndex + 1].ProcessAsync(message, pipeline, currentIndex + 1);
}
