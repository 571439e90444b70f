using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>
/// Merges <c>extra</c> into a body, level by level. If the job and its <c>extra</c> have different values for a member,
/// the job is refused: if either value were dropped, the call would be paid for without it.
/// </summary>
static class ExtraMembers
{
    const int LongestShown = 60;

    /// <summary>Writes a job's body, merged with the members of its <c>extra</c>.</summary>
    public static void Merge(Utf8JsonWriter json, JsonElement said, JobRequest request) =>
        Merge(json, said, request.Extra!, "", request);

    /// <summary>Two values for one member.</summary>
    public static FailureException Conflict(JobRequest request, string path, string said, string extra) =>
        new(Failure.Invalid($"extra.{path}",
        $"extra.{path} is {Excerpt.Marked(extra, LongestShown)}, but {WireNames.MemberOf(request, path)} is "
            + $"{Excerpt.Marked(said, LongestShown)}. Keep one of the two."));

    static void Merge(Utf8JsonWriter json, JsonElement said, IReadOnlyDictionary<string, JsonElement> extra,
        string path, JobRequest request)
    {
        json.WriteStartObject();
        foreach (var member in said.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (extra.TryGetValue(member.Name, out var other))
                Merge(json, member.Value, other, path + member.Name, request);
            else
                member.Value.WriteTo(json);
        }
        foreach (var (name, value) in extra.Where(member => !said.TryGetProperty(member.Key, out _)))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    static void Merge(Utf8JsonWriter json, JsonElement said, JsonElement extra, string path, JobRequest request)
    {
        if (said.ValueKind == JsonValueKind.Object && extra.ValueKind == JsonValueKind.Object)
            Merge(json, said, MembersOf(extra), $"{path}.", request);
        else if (JsonElement.DeepEquals(said, extra))
            said.WriteTo(json);
        else
            throw Conflict(request, path, said.GetRawText(), extra.GetRawText());
    }

    // Of two members with the same name the last one counts.
    static Dictionary<string, JsonElement> MembersOf(JsonElement extra)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in extra.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }
}
