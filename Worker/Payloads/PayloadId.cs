using System.Text.RegularExpressions;

namespace OpenAIWorker.Payloads;

/// <summary>
/// Ids of payloads in the store. An id in a message is untrusted: it becomes a file's or object's name only in a form
/// that cannot leave the folder. Because of the prefix, the store deletes no files of other programs in its folder.
/// </summary>
static partial class PayloadId
{
    public const string Prefix = "p-";

    public const string Allowed = "p- and then 1 to 120 of a-z A-Z 0-9 _ -";

    public static string New() => $"{Prefix}{Guid.NewGuid():N}";

    public static bool IsOne(string? id) => id is not null && Shape.IsMatch(id);

    [GeneratedRegex(@"\Ap-[a-zA-Z0-9_-]{1,120}\z")]
    static partial Regex Shape { get; }
}
