using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>Tells a file of jobs from another file before anything is sent.</summary>
static class FirstLook
{
    public const int Lines = 10;

    /// <exception cref="SettingsException">It is none.</exception>
    public static void Check(string name, IReadOnlyList<JobLine> first)
    {
        if (first.Count == 0)
            throw new SettingsException([$"{name} has no jobs."]);
        // Lines that are jobs with a fault are answered, each; a few of them may be all that there are.
        if (first.All(line => line.IsForeign) || first.Count == Lines && first.All(line => line.Problem is not null))
            throw new SettingsException([$"{name} is no file of jobs: its first {Counted(first.Count)} cannot be run. Line {first[0].Number}: {first[0].Problem!.Message}{Cure(first[0])} Nothing was sent."]);
    }

    static string Counted(int lines) => lines == 1 ? "line" : $"{lines} lines";

    static string Cure(JobLine line) => line.Text.Span switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => " It is UTF-16: save it as UTF-8.",
        [0x1F, 0x8B, ..] => " It is packed with gzip: unpack it, such as gunzip -c FILE | worker batch - ….",
        [(byte)'P', (byte)'K', 3, 4, ..] => " It is a ZIP or an Excel file: save it as CSV.",
        [(byte)'[', ..] => " It is a JSON array: write one object a line.",
        [(byte)'{'] or [(byte)'{', (byte)' ' or (byte)'\t', ..] when line.Text.Length < 3 => " It is JSON over several lines: write each object on one line.",
        [(byte)'{', ..] => "",
        var text when text.IndexOfAny(",;\t"u8) >= 0 => " Is it a table? Name it .csv or .tsv, or say --input-format csv, and give --prompt.",
        _ => "",
    };
}
