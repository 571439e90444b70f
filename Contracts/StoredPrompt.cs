using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>A prompt stored at the provider.</summary>
public sealed record StoredPrompt
{
    /// <summary>The provider's name of it, such as <c>pmpt_1</c>.</summary>
    [Needed]
    public required string Id { get; init; }

    /// <summary>Which version. Omitted: the current one.</summary>
    public string? Version { get; init; }

    /// <summary>Values of the prompt's variables: texts, or parts of a message as the API accepts them.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }
}
