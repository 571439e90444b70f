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
    public bool IsTable => false;

    public ReadOnlyMemory<byte> Head => default;

    public ReadOnlySpan<byte> Beginning => "{\""u8;

    public ReadOnlyMemory<byte> Record(JobLine line, JobEnding ending)
    {
        var scratch = JsonScratch.Take(isReadable: true);
        if (line.Format == LineFormat.OpenAI)
            OpenAILines.Write(scratch.Json, line, ending, echoes);
        else
            Native(scratch.Json, line, ending);
        byte[] record = [.. scratch.Written(), (byte)'\n'];
        scratch.GiveBack();
        return record;
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
