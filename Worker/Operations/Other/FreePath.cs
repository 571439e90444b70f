using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Other;

/// <summary>A path that a sender writes freely, and that must not leave the base URL: another place would get the key.</summary>
static class FreePath
{
    // A server behind a proxy may decode as often as this.
    const int Decodings = 3;

    public static void Check(string member, string? path)
    {
        Needed(member, !string.IsNullOrWhiteSpace(path?.Trim('/')), "give the path below the base URL, such as vector_stores.");
        Never(member, path!.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)), $"is '{path}', and has blanks or control characters. Write %20 for a blank.");
        Never(member, path!.Contains('?') || path.Contains('#'), $"is '{path}'. Parameters go into query.");
        var read = path!;
        for (var times = 0; times < Decodings; times++, read = Uri.UnescapeDataString(read))
            Never(member, Leaves(read), $"is '{path}', which could leave the base URL. Allowed are steps that are not empty, . or .., without \\ and :.");
    }

    static bool Leaves(string path) =>
        path.Contains('\\') || path.Contains(':') || path.StartsWith("//", StringComparison.Ordinal) || path.Trim('/').Split('/').Any(step => step is "" or "." or "..");
}
