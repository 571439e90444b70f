using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations;

/// <summary>Paths below the base URL, made of what senders give.</summary>
static class ApiPath
{
    /// <summary>A thing by its id, which stays one step of the path whatever is in it.</summary>
    public static string Of(string things, string member, string? id)
    {
        Needed(member, !string.IsNullOrWhiteSpace(id), "name one.");
        Never(member, id is "." or "..", $"is {ShownValue.Of(id)}, which is no id.");
        return $"{things}/{Uri.EscapeDataString(id!)}";
    }

    /// <summary>The parameters that are set, behind the path.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var set = query.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value!)}");
        return string.Join('?', new[] { path, string.Join('&', set) }.Where(part => part.Length > 0));
    }
}
