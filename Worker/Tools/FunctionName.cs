using System.Text.RegularExpressions;

namespace OpenAIWorker.Tools;

/// <summary>Checks the name of a function. Responses accepts longer names than Chat Completions.</summary>
static partial class FunctionName
{
    public const int LongestOfChat = 64;

    public const int LongestOfResponses = 128;

    /// <summary>Whether every provider accepts it.</summary>
    public static bool Fits(string? name, int longest = LongestOfChat) =>
        name is not null && name.Length <= longest && Letters().IsMatch(name);

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Letters();
}
