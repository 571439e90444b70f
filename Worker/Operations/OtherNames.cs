using System.Collections.Frozen;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Operations;

/// <summary>
/// Suggests the member that was meant by a wrong name: a name of OpenAI's API, or one with a few wrong letters.
/// </summary>
static class OtherNames
{
    static readonly FrozenDictionary<string, string[]> OfTheApi =
        new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["content"] = ["text"],
            ["input"] = ["messages", "texts", "text"],
            ["prompt"] = ["messages", "text"],
            ["max_completion_tokens"] = ["maxTokens"],
            ["max_output_tokens"] = ["maxTokens"],
            ["n"] = ["completions", "count"],
            ["response_format"] = ["output", "outputFormat"],
            ["text_format"] = ["output"],
            ["user"] = ["safetyIdentifier"],
            ["conversation"] = ["conversationId"],
            ["image_url"] = ["imageUrl", "url"],
            ["file"] = ["audio", "files"],
            ["image"] = ["images"],
            ["delay"] = ["notBefore"],
            ["ttl"] = ["deadline"],
            ["id"] = ["jobId"],
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="name">The given name.</param>
    /// <param name="known">The possible names.</param>
    public static string? Meant(string name, IReadOnlyCollection<string> known)
    {
        if (OfTheApi.TryGetValue(name, out var ours) && Array.Find(ours, known.Contains) is { } same)
            return same;
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        // With more wrong letters it is another word.
        var most = Math.Max(1, plain.Length / 3);
        return plain.Length > ShownValue.Longest ? null : known
            .Select(member => (member, distance: Spelling.Distance(member, plain)))
            .Where(near => near.distance <= most)
            .OrderBy(near => near.distance)
            .Select(near => near.member)
            .FirstOrDefault();
    }
}
