using OpenAIWorker.Json;

using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Other;

/// <summary>
/// Checks a path that a sender writes freely. It must not leave the base URL, because the request carries the key.
/// </summary>
static class FreePath
{
    // A server behind a proxy decodes once more than the proxy.
    const int Decodings = 2;

    public static void Check(string member, string? path)
    {
        Needed(member, !string.IsNullOrWhiteSpace(path?.Trim('/')),
            "give the path below the base URL, such as vector_stores.");
        Never(member, path!.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)),
            $"is {ShownValue.Of(path)}, which has blanks or control characters. Write %20 for a blank.");
        Never(member, path!.Contains('?') || path.Contains('#'),
            $"is {ShownValue.Of(path)}. Parameters go into query.");
        var read = path!;
        for (var times = 0; times <= Decodings; times++, read = Uri.UnescapeDataString(read))
            Never(member, Leaves(read),
                $"is {ShownValue.Of(path)}, which could leave the base URL. Allowed: segments that are not empty, . "
                    + "or .., without \\, the first without :.");
        Never(member, Uri.UnescapeDataString(read) != read,
            $"is {ShownValue.Of(path)}, which is percent-encoded several times. Encode it once.");
    }

    static bool Leaves(string path)
    {
        var steps = path.Trim('/').Split('/');
        return path.Contains('\\') || path.Any(char.IsControl) || path.StartsWith("//", StringComparison.Ordinal)
            || IsScheme(steps[0]) || steps.Any(IsDots);
    }

    // In later segments a colon is harmless, and occurs in the names of fine-tuned models.
    static bool IsScheme(string first) => first.Contains(':');

    // Some servers cut a segment at its first semicolon before they check for dots.
    static bool IsDots(string step) => step.Split(';')[0] is "" or "." or "..";
}
