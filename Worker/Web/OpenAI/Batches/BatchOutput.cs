using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.OpenAI.Files;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>
/// Writes the results of a batch's lines in OpenAI's format: results into one file, failures into another.
/// </summary>
sealed class BatchOutput(ApiBatch batch, IPayloadStore store, CancellationToken cancellation)
{
    const string BatchExpired = "batch_expired";
    const string BatchCancelled = "batch_cancelled";

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly OutgoingFile output = new(store, FileObject.PayloadOf(IdOf(batch, "output")), cancellation);
    readonly OutgoingFile errors = new(store, FileObject.PayloadOf(IdOf(batch, "errors")), cancellation);
    BatchUsage usage = new(0, 0, 0, 0);

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Whether lines were not called in time.</summary>
    public bool IsAnyLate { get; private set; }

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="ended">Its ending; null: it has none.</param>
    public Task Add(BatchLine line, EndedJob? ended) => (line.Fault, ended) switch
    {
        ({ } fault, _) => Fail(line, fault.Code, $"Line {line.Number}: {fault.Message}"),
        (_, null) => batch.IsCancelling ? Fail(line, BatchCancelled) : Fail(line, BatchExpired),
        (_, { } job) => Add(line, job, JsonElement.Parse(job.Ending)),
    };

    Task Add(BatchLine line, EndedJob job, JsonElement ending)
    {
        if (ending.Member("usage") is { } used)
            usage = new(usage.InputTokens + Of(used, "inputTokens"), usage.CachedTokens + Of(used, "cachedTokens"),
                usage.OutputTokens + Of(used, "outputTokens"), usage.ReasoningTokens + Of(used, "reasoningTokens"));
        if (job.IsCompleted)
        {
            Completed++;
            return Write(output, json => OpenAIBatchAnswer.Write(json, IdOf(line), line.CustomId, ending, true));
        }
        switch (ending.Text("code"))
        {
            case FailureCodes.DeadlineExceeded:
                return Fail(line, BatchExpired);
            case FailureCodes.Cancelled when batch.IsCancelling:
                return Fail(line, BatchCancelled);
            default:
                Failed++;
                return Write(errors, json => OpenAIBatchAnswer.Write(json, IdOf(line), line.CustomId, ending, false));
        }
    }

    Task Fail(BatchLine line, string code, string? message = null)
    {
        Failed++;
        IsAnyLate |= code == BatchExpired;
        return Write(errors, json => OpenAIBatchAnswer.WriteError(json, IdOf(line), line.CustomId, code, message
            ?? (code == BatchExpired
                ? "This request could not be executed before the completion window expired."
                : "This request was not executed: its batch was cancelled.")));
    }

    /// <summary>The batch with its files, after all of them are stored.</summary>
    public async Task<(BatchProgress Progress, IReadOnlyList<ApiFile> Files)> Complete(DateTimeOffset now,
        TimeSpan keptFor)
    {
        await output.Complete();
        await errors.Complete();
        var files = new[] { FileOf(output, "output", now, keptFor), FileOf(errors, "errors", now, keptFor) };
        return (batch.Progress with
        {
            Completed = Completed,
            Failed = Failed,
            Usage = usage,
            OutputFile = files[0]?.Id,
            ErrorFile = files[1]?.Id,
        }, [.. files.OfType<ApiFile>()]);
    }

    public async Task Abandon(Exception why)
    {
        await output.Abandon(why);
        await errors.Abandon(why);
    }

    ApiFile? FileOf(OutgoingFile file, string which, DateTimeOffset now, TimeSpan keptFor) => file.IsThere
        ? new(IdOf(batch, which), batch.Tenant, FileObject.BatchOutput, $"{batch.Id}_{which}.jsonl", file.Bytes, now,
            now + (batch.Progress.OutputKeptFor is { } less && less < keptFor ? less : keptFor))
        : null;

    static async Task Write(OutgoingFile file, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        await file.Add(bytes.WrittenMemory);
    }

    string IdOf(BatchLine line) => $"batch_req_{batch.Id["batch_".Length..]}_{line.Number}";

    static string IdOf(ApiBatch batch, string which) => FileObject.IdOf(batch.Id, which);

    static long Of(JsonElement used, string member) => used.Number(member) ?? 0;
}
