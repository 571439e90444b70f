using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using OpenAIWorker.Jobs;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>
/// Turns the rows of a table into jobs: CSV (RFC 4180) with a header, separated by commas, semicolons or tabs.
/// </summary>
sealed class TableJobs(string file, LineDefaults defaults)
{
    // The column's names in OpenAI's and in this program's own files.
    static readonly IReadOnlyList<string> IdColumns = ["jobId", "custom_id"];

    readonly JobNames names = new(file);

    public static string? IdOf(IReadOnlyDictionary<string, string> row) =>
        IdColumns.Select(row.GetValueOrDefault).FirstOrDefault(id => !string.IsNullOrEmpty(id));

    /// <summary>The names in the header.</summary>
    /// <exception cref="SettingsException">There is no header, or it has a name twice.</exception>
    public static async Task<IReadOnlyList<string>> Columns(Stream stream)
    {
        using var table = Open(stream);
        if (!await Header(table) || table.Record is not { } header || header.All(string.IsNullOrWhiteSpace))
            throw new SettingsException(["The table is empty. Its first row has the names of the columns."]);
        if (header.Any(name => name.Contains('\0')))
            throw new SettingsException(
                ["The table has zero bytes in its header: it is UTF-16 without a byte order mark, or not a text. "
                    + "Save it as UTF-8."]);
        var twice = header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? header
            : throw new SettingsException([$"The table has two columns '{twice}'. Give each its own name."]);
    }

    /// <exception cref="SettingsException">The input is not a table in UTF-8.</exception>
    public async IAsyncEnumerable<JobLine> Read(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var table = Open(stream);
        await Header(table);
        var columns = table.Record ?? [];
        while (await Next(table))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Row(table.Row, columns, table.Record!);
        }
    }

    JobLine Row(int number, string[] columns, string[] cells)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new[] { columns, cells });
        var line = new JobLine(number, LineFormat.Native,
            LineHash.Of(content, defaults.Fingerprint))
        {
            Cells =
                [.. columns.Select((_, index) => index < cells.Length ? cells[index] : "")]
        };
        var row = columns.Zip(line.Cells).ToDictionary(pair => pair.First, pair => pair.Second);
        var (jobId, isDuplicate) = names.Of(IdOf(row), line.Hash);
        line = line with { OwnId = IdOf(row), JobId = jobId, IsDuplicate = isDuplicate };
        try
        {
            if (cells.Length != columns.Length)
                throw new FailureException(Failure.Invalid("",
                    $"The row has {cells.Length} cells, but the header has {columns.Length}. "
                        + "Put a cell with a comma, a quote or a line break into quotes."));
            var operation = JobLines.OperationOf(defaults.OperationOf(default));
            var request = JsonSerializer.SerializeToElement(defaults.Over(row, operation));
            return line with
            {
                Request = Operations.RequestReading.Read(operation, request) with { JobId = jobId },
                Text = Encoding.UTF8.GetBytes(request.GetRawText())
            };
        }
        catch (FailureException wrong)
        {
            return line with
            {
                Problem = wrong.Failure,
                IsForeign = wrong.Failure.Member?.StartsWith("--", StringComparison.Ordinal) == true
            };
        }
    }

    // Excel accepts a line before the header that names the separator.
    static async Task<bool> Header(CsvParser table) =>
        await Next(table) && (table.Record is not [var first, ..]
            || !first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || await Next(table));

    static async Task<bool> Next(CsvParser table)
    {
        try
        {
            if (!await table.ReadAsync())
                return false;
            // A quote that is never closed would include all following rows.
            if (table.RawRecord.AsSpan().TrimEnd("\r\n") is var row && row.Contains('\n') && row.Count('"') % 2 == 1)
                throw new SettingsException(
                    [
                        $"The table cannot be read from row {table.Row} on: a quote that opens a cell is never "
                            + "closed. Write a quote within a cell twice."]);
            return true;
        }
        catch (Exception broken) when (broken is DecoderFallbackException or CsvHelperException)
        {
            throw new SettingsException([broken is DecoderFallbackException
                ? $"The table is not UTF-8 after row {table.Row}. Save it as UTF-8."
                : $"The table cannot be read after row {table.Row}: a cell is longer than {LineReader.Longest} "
                    + "bytes, or a quote that opens one is never closed."]);
        }
    }

    static CsvParser Open(Stream stream)
    {
        var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        return new(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            BadDataFound = null,
            MaxFieldSize = LineReader.Longest,
        });
    }
}
