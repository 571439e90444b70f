using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Writes a row of CSV (RFC 4180) for each ending: the answer, the input's own columns, and the members of every job.
/// </summary>
/// <param name="columns">The columns of the input.</param>
/// <param name="echoes">Whether the request is repeated in a column.</param>
sealed class TableRows(IReadOnlyList<string> columns, bool echoes) : IOutputFormat
{
    static readonly CsvConfiguration Rules = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        HasHeaderRecord = false,
        ShouldQuote = cell => NeedsQuotes(cell.Field)
    };

    static readonly string[] First = ["jobId", "line", "ending", "answer"];

    static readonly string[] Last = ["code", "message", "model", "attempts", "inputTokens", "outputTokens", "cost",
        "request", "hash"];

    string[] Header => [.. First, .. columns.Select(Free), .. Last.Where(column => echoes || column != "request")];

    public bool IsTable => true;

    public ReadOnlyMemory<byte> Head => Row(Header);

    public ReadOnlySpan<byte> Beginning => "jobId,line,ending,answer,"u8;

    public ReadOnlyMemory<byte> Record(JobLine line, JobEnding ending)
    {
        var json = ending.Json;
        string?[] cells =
        [
            line.AnsweredId, Number(line.Number), ending.IsCompleted ? Endings.Completed : Endings.Failed,
            ending.IsCompleted ? Answer(json) : "",
            .. columns.Select((_, index) => line.Cells is { } own && index < own.Count ? own[index] : ""),
            ending.Code, json.Text("message"), json.Text("model"),
            json.Number("attempts") is { } attempts ? Number(attempts) : "",
            ending.HasUsage ? Number(ending.InputTokens) : "", ending.HasUsage ? Number(ending.OutputTokens) : "",
            ending.Cost?.ToString(CultureInfo.InvariantCulture),
            .. echoes ? [Encoding.UTF8.GetString(line.Text.Span)] : Array.Empty<string>(),
            line.Hash.ToString(),
        ];
        return Row(cells);
    }

    public EarlierEnding? Read(ReadOnlyMemory<byte> record)
    {
        using var parser = new CsvParser(new StringReader(Encoding.UTF8.GetString(record.Span)), Rules);
        if (!parser.Read() || parser.Record is not { } cells || cells.Length != Header.Length
            || !LineHash.TryRead(cells[^1], out var hash) || !long.TryParse(cells[1], out var line))
            return null;
        var cost = decimal.TryParse(cells[Array.IndexOf(Header, "cost")], NumberStyles.Number,
            CultureInfo.InvariantCulture, out var amount) ? amount : (decimal?)null;
        return new(hash, cells[0], line, cells[2] != Endings.Completed, cost);
    }

    // The text, or the single value of the answer, or all of it as JSON.
    static string Answer(JsonElement json)
    {
        if (json.Text("text") is { } text)
            return text;
        if ((json.Member("body") ?? json.Member("raw")) is { } whole)
            return whole.ToString();
        var answer = EndingMembers.Answer(json).ToList();
        if (answer.Count == 1)
            return answer[0].Value.ToString();
        var members = answer.Select(member => $"{JsonSerializer.Serialize(member.Name)}:{member.Value.GetRawText()}");
        return $"{{{string.Join(',', members)}}}";
    }

    static string Free(string column) => First.Contains(column) || Last.Contains(column) ? $"input.{column}" : column;

    // The library quotes only its own kind of line break.
    static bool NeedsQuotes(string? cell) =>
        cell is { Length: > 0 } && (cell.AsSpan().ContainsAny("\",\r\n") || cell[0] == ' ' || cell[^1] == ' ');

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static byte[] Row(IEnumerable<string?> cells)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = new CsvWriter(text, Rules))
        {
            foreach (var cell in cells)
                writer.WriteField(cell);
            writer.NextRecord();
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
