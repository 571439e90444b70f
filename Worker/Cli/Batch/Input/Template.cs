using System.Text.RegularExpressions;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>
/// A text with <c>{column}</c> in it. <c>{{</c> and <c>}}</c> are braces; braces around anything but a name, such as
/// JSON, stay unchanged.
/// </summary>
sealed partial class Template(string option, string text)
{
    public string Text => text;

    /// <param name="cells">Returns a column's cell; null if there is no such column.</param>
    /// <param name="columns">The columns' names, for the error message.</param>
    /// <exception cref="FailureException">The column does not exist.</exception>
    public string Fill(Func<string, string?> cells, IEnumerable<string> columns) =>
        Parts().Replace(text, part => part.Value switch
    {
        "{{" => "{",
        "}}" => "}",
        _ => cells(part.Groups[1].Value.Trim())
            ?? (IsName().IsMatch(part.Groups[1].Value) ? throw Missing(part.Value, columns) : part.Value),
    });

    FailureException Missing(string part, IEnumerable<string> columns) =>
        new(Failure.Invalid(option,
            $"{option} has {part}, but there is no such column. There are: {string.Join(", ", columns)}. Write "
                + $"{{{part}}} for a literal word in braces."));

    [GeneratedRegex(@"\{\{|\}\}|\{([^{}\r\n]+)\}")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^[\w .-]+$")]
    private static partial Regex IsName();
}
