using OpenAIWorker.Json;

using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations;

/// <summary>Builds paths below the base URL from senders' values.</summary>
static class ApiPath
{
    /// <summary>The path of a thing by its id. The id stays one segment, whatever it contains.</summary>
    public static string Of(string things, string member, string? id)
    {
        Needed(member, !string.IsNullOrWhiteSpace(id), "name one.");
        Never(member, id is "." or "..", $"is {ShownValue.Of(id)}, which is not an id.");
        return $"{things}/{Uri.EscapeDataString(id!)}";
    }

    /// <summary>Adds the parameters that are set.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var set = query.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value!)}");
        return string.Join('?', new[] { path, string.Join('&', set) }.Where(part => part.Length > 0));
    }
}
