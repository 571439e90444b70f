namespace OpenAIWorker.Bench.Throughput;

/// <summary>How far away the limits are that the provider's headers tell.</summary>
enum Distance
{
    /// <summary>It tells none, as many servers of one's own do.</summary>
    None,

    /// <summary>A hundred million tokens a minute and more: far from being used up.</summary>
    Far,

    /// <summary>A tenth more than the worker used with far ones.</summary>
    Near,
}
