namespace OpenAIWorker.Upstream.Errors;

/// <summary>The meaning of an error, independent of its status.</summary>
enum ErrorMeaning
{
    /// <summary>Prompt and answer do not fit into the model's context.</summary>
    ContextLength,

    /// <summary>A filter refused the prompt or stopped the answer.</summary>
    ContentPolicy,

    /// <summary>The account may not spend.</summary>
    Quota,

    /// <summary>The model does not exist, or not for this key.</summary>
    Model,

    /// <summary>The key is refused.</summary>
    Key,

    /// <summary>Too many calls or tokens at the moment.</summary>
    RateLimit,

    /// <summary>The provider is busy.</summary>
    Overload,
}
