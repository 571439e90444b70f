namespace OpenAIWorker.Contracts;

/// <summary>OpenAI's error body: <c>{"error":{"message","type","param","code"}}</c>.</summary>
public sealed record UpstreamError
{
    /// <summary>In words.</summary>
    public string? Message { get; init; }

    /// <summary>The family, such as <c>invalid_request_error</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The API's parameter at fault.</summary>
    public string? Param { get; init; }

    /// <summary>The code, such as <c>context_length_exceeded</c>.</summary>
    public string? Code { get; init; }
}
