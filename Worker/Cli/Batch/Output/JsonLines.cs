using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Writes a line of JSON for each ending; lines of an OpenAI Batch file are answered in OpenAI's format.
/// </summary>
/// <param name="columns">The columns of a table as input, whose cells are copied to the output.</param>
/// <param name="echoes">Whether the request is repeated beside its answer.</param>
/// <param name="costOf">The cost of a provider's answer; OpenAI's format has only its usage.</param>
sealed class JsonLines(IReadOnlyList<string> columns, bool echoes, Func<JsonElement, decimal?> costOf) : IOutputFormat
{
    const int Usual = 1 << 12;

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // For all records that a thread writes.
    [ThreadStatic]
    static Utf8JsonWriter? writer;

    [ThreadStatic]
    static ArrayBufferWriter<byte>? buffer;

    public bool IsTable => false;

    public ReadOnlyMemory<byte> Head => default;

    public ReadOnlySpan<byte> Beginning => "{\""u8;

    public ReadOnlyMemory<byte> Record(JobLine line, JobEnding ending)
    {
        var bytes = buffer is { Capacity: <= 16 * Usual } ? buffer : buffer = new(Usual);
        bytes.ResetWrittenCount();
        var json = writer ??= new(bytes, Plain);
        json.Reset(bytes);
        if (line.Format == LineFormat.OpenAI)
            OpenAILines.Write(json, line, ending, echoes);
        else
            Native(json, line, ending);
        json.Flush();
        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    public EarlierEnding? Read(ReadOnlyMemory<byte> record)
    {
        try
        {
            var json = JsonElement.Parse(record.Span);
            if (OpenAILines.Read(json, costOf) is { } answered)
                return answered;
            return json.Text("ending") is { } ending && json.Text("jobId") is { } id
                && LineHash.TryRead(json.Text("hash"), out var hash)
                ? new(hash, id, json.Number("line") ?? 0, ending != Contracts.Endings.Completed,
                    new JobEnding(true, json).Cost)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // First what a reader looks for, then the answer, then the members of every job.
    void Native(Utf8JsonWriter json, JobLine line, JobEnding ending)
    {
        json.WriteStartObject();
        json.WriteString("jobId", line.AnsweredId);
        json.WriteNumber("line", line.Number);
        json.WriteString("ending", ending.IsCompleted ? Contracts.Endings.Completed : Contracts.Endings.Failed);
        foreach (var member in EndingMembers.InOrder(ending.Json))
            member.WriteTo(json);
        if (echoes && !line.Text.IsEmpty)
            WriteRequest(json, line.Text.Span);
        if (line.Cells is { } cells)
        {
            json.WriteStartObject("input");
            foreach (var (column, cell) in columns.Zip(cells))
                json.WriteString(column, cell);
            json.WriteEndObject();
        }
        json.WriteString("hash", line.Hash.ToString());
        json.WriteEndObject();
    }

    // A line that is not JSON is repeated as a text.
    static void WriteRequest(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        json.WritePropertyName("request");
        try
        {
            JsonElement.Parse(text).WriteTo(json);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            json.WriteStringValue(System.Text.Encoding.UTF8.GetString(text));
        }
    }
}
