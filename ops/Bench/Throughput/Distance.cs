namespace OpenAIWorker.Bench.Throughput;

/// <summary>How far away the limits in the provider's headers are.</summary>
enum Distance
{
    /// <summary>The headers have none, as with many self-hosted servers.</summary>
    None,

    /// <summary>100 million tokens a minute or more: they are never reached.</summary>
    Far,

    /// <summary>A tenth more than the worker used with far ones.</summary>
    Near,
}
