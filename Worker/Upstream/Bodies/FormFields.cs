using System.Text.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>
/// JSON as the fields of a form, as OpenAI's own clients write it: <c>a[]</c> for each item of an array, <c>a[b]</c>
/// for a member of an object.
/// </summary>
static class FormFields
{
    public static IEnumerable<(string Name, string Value)> Of(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array =>
            value.EnumerateArray().SelectMany(item =>
                Of(name.EndsWith("[]", StringComparison.Ordinal) ? name : $"{name}[]", item)),
        JsonValueKind.Object =>
            value.EnumerateObject().SelectMany(member => Of($"{name}[{member.Name}]", member.Value)),
        JsonValueKind.String => [(name, value.GetString()!)],
        _ => [(name, value.GetRawText())],
    };

    /// <summary>The parameter of a field: <c>expires_after</c> for <c>expires_after[seconds]</c>.</summary>
    public static string ParameterOf(string name) => name.IndexOf('[') is > 0 and var bracket ? name[..bracket] : name;
}
