namespace OpenAIWorker.Json;

/// <summary>Adds to what somebody else has said, such as a provider, who may leave out the full stop.</summary>
static class Sentences
{
    public static string Then(this string said, string further) =>
        said is [.., '.' or '!' or '?' or '…'] ? $"{said} {further}" : $"{said}. {further}";
}
