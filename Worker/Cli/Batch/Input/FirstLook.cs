using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>Detects a file that does not contain jobs before anything is sent.</summary>
static class FirstLook
{
    public const int Lines = 10;

    /// <exception cref="SettingsException">The file does not contain jobs.</exception>
    public static void Check(string name, IReadOnlyList<JobLine> first)
    {
        if (first.Count == 0)
            throw new SettingsException([$"{name} has no jobs."]);
        // The options that turn lines into jobs fit none of them: the command is wrong, not the file.
        if (first.All(line => line.Problem?.Member?.StartsWith("--", StringComparison.Ordinal) == true))
            throw new SettingsException([$"{first[0].Problem!.Message} Nothing was sent."]);
        // Lines that are faulty jobs each get an answer; a file may contain only a few of them.
        if (IsArray(first[0]) || first.All(line => line.IsForeign)
            || first.Count == Lines && first.All(line => line.Problem is not null))
            throw new SettingsException(
                [
                    $"{name} is not a file of jobs: its first {Counted(first.Count)} cannot be run. Line "
                        + $"{first[0].Number}: {first[0].Problem!.Message}{Cure(first[0])} Nothing was sent."]);
    }

    // The array's objects may be on lines of their own, each with a comma that makes it invalid.
    static bool IsArray(JobLine line) => line.Problem is not null && line.Text.Span is [(byte)'[', ..];

    static string Counted(int lines) => lines == 1 ? "line" : $"{lines} lines";

    static string Cure(JobLine line) => line.Text.Span switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'{' or (byte)'[', 0, ..] or [0, (byte)'{' or (byte)'[', ..] =>
            " It is UTF-16.",
        [0x1F, 0x8B, ..] =>
            " It is compressed with gzip: decompress it, such as with gunzip -c FILE | worker batch - ….",
        [(byte)'P', (byte)'K', 3, 4, ..] => " It is a ZIP or an Excel file: save it as CSV.",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] =>
            " It is a Parquet file: export it as CSV or as lines of JSON.",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] =>
            " It is a PDF. A job about it: worker send message-model --file FILE --model NAME PROMPT.",
        [0x28, 0xB5, 0x2F, 0xFD, ..] =>
            " It is compressed with zstd: decompress it, such as with zstd -dc FILE | worker batch - ….",
        [(byte)'[', ..] =>
            " It is a JSON array: write one object per line, such as with jq -c '.[]' FILE > jobs.jsonl.",
        [(byte)'{', .., (byte)'}', (byte)','] => " In all lines: sed 's/,$//' FILE > jobs.jsonl.",
        [(byte)'{', ..] and [.., (byte)'{' or (byte)'[' or (byte)',' or (byte)' ' or (byte)'\t'] =>
            " It is JSON over several lines: write each object on one line, such as with jq -c . FILE > jobs.jsonl.",
        [(byte)'{', ..] => "",
        [(byte)'"', ..] =>
            $" It has one text per line: make objects of them with jq -c '{{text: .}}' FILE > prompts.jsonl, and add "
                + $"--prompt \"{{text}}\" --model NAME.",
        var text when text.IndexOfAny(",;\t"u8) >= 0 =>
            $" Is it a table? Name it .csv or .tsv, or add --input-format csv, and --prompt.{Plain}",
        _ => Plain,
    };

    const string Plain =
        " If it has one prompt per line: make objects of them with jq -cR '{text: .}' FILE > prompts.jsonl, and add "
            + "--prompt \"{text}\" --model NAME.";
}
