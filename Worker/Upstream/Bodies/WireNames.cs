using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>The job's members for the API's names, for messages that name both.</summary>
static class WireNames
{
    // Names that are not the API's in camelCase. Of several, the one that the request has.
    static readonly Dictionary<string, string[]> Members = new()
    {
        ["audio"] = ["audioOutput"],
        ["conversation"] = ["conversationId"],
        ["encoding_format"] = ["encoding"],
        ["file"] = ["file", "audio"],
        ["image"] = ["images"],
        ["input"] = ["messages", "text", "texts", "images"],
        ["items"] = ["messages"],
        ["max_completion_tokens"] = ["maxTokens"],
        ["max_output_tokens"] = ["maxTokens"],
        ["max_tokens"] = ["maxTokens"],
        ["messages"] = ["messages"],
        ["metadata"] = ["storeMetadata"],
        ["n"] = ["completions", "count"],
        ["output_compression"] = ["compression"],
        ["output_format"] = ["outputFormat"],
        ["reasoning.effort"] = ["reasoningEffort"],
        ["reasoning.summary"] = ["reasoningSummary"],
        ["response_format"] = ["output", "responseFormat", "respondWithUrls"],
        ["text.format"] = ["output"],
        ["text.verbosity"] = ["verbosity"],
        ["timestamp_granularities"] = ["timestamps"],
        ["user"] = ["user", "safetyIdentifier"],
    };

    /// <param name="request">The job.</param>
    /// <param name="path">Such as <c>text.verbosity</c>, or <c>timestamp_granularities[]</c>.</param>
    public static string MemberOf(JobRequest request, string path)
    {
        if (request is CallApi)
            return $"body.{path}";
        var steps = path.Split('.', '[');
        string[] names = [.. ByPath(string.Join('.', steps.Take(2))), .. ByPath(steps[0]), Camel(steps[0])];
        return names.FirstOrDefault(name => Has(request, name)) ?? $"the job's own {path}";
    }

    static string[] ByPath(string path) => Members.GetValueOrDefault(path, []);

    static string Camel(string name) =>
        JsonNamingPolicy.CamelCase.ConvertName(
            string.Concat(name.Split('_')
                .Select(word =>
                    $"{word[..Math.Min(1, word.Length)].ToUpperInvariant()}{word[Math.Min(1, word.Length)..]}")));

    static bool Has(JobRequest request, string member) =>
        request.GetType().GetProperties()
            .Any(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == member);
}
