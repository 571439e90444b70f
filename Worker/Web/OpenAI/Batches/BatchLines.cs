using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Web.OpenAI.Files;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>Reads the lines of a batch's input one at a time, and equally each time.</summary>
/// <param name="batch">The batch.</param>
/// <param name="payloads">The store that has its input.</param>
/// <param name="longest">The longest line in bytes.</param>
sealed class BatchLines(ApiBatch batch, IPayloadStore payloads, int longest)
{
    const int LongestId = 512;

    readonly string path = ProviderPath.Of(batch.Progress.Endpoint).Path;

    /// <exception cref="InputGoneException">The file no longer exists.</exception>
    public async IAsyncEnumerable<BatchLine> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        var stored = await payloads.Open(FileObject.PayloadOf(batch.InputFile), cancellation)
            ?? throw new InputGoneException();
        await using var content = stored.Content;
        var ids = new HashSet<UInt128>();
        await foreach (var raw in LineReader.Read(content, cancellation))
            yield return Line(raw, ids);
    }

    BatchLine Line(RawLine raw, HashSet<UInt128> ids)
    {
        var line = new BatchLine((int)raw.Number, null, raw.Bytes.Length);
        try
        {
            var json = !raw.IsTooLong && raw.Bytes.Length <= longest
                ? LineText.Parse(raw)
                : throw new FailureException(TooLong());
            line = line with
            {
                CustomId = OpenAIBatchLine.IdOf(json),
                Model = json.Member("body") is { } body ? body.Text("model") : null,
            };
            return Id(line, ids) is { } fault
                ? line with { Fault = fault }
                : line with { Request = Request(json, line) };
        }
        catch (FailureException wrong)
        {
            var failure = wrong.Failure;
            return line with
            {
                CustomId = line.CustomId ?? LineHead.Of(raw.Bytes.Span).Id,
                Fault = new(failure.Code == FailureCodes.Unreadable ? "invalid_json_line" : failure.Code,
                    failure.Message, raw.Number, failure.Member),
            };
        }
    }

    static BatchFault? Id(BatchLine line, HashSet<UInt128> ids) => line.CustomId switch
    {
        null or "" => new("missing_custom_id",
            "custom_id is missing. Name the line, so that its answer can be found.", line.Number, "custom_id"),
        { Length: > LongestId } id => new("invalid_custom_id",
            $"custom_id has {id.Length} characters; allowed: up to {LongestId}.", line.Number, "custom_id"),
        var id => ids.Add(Short(id)) ? null : new("duplicate_custom_id",
            $"An earlier line also has the custom_id '{Excerpt.Marked(id, 100)}'.", line.Number, "custom_id"),
    };

    JobRequest Request(JsonElement json, BatchLine line)
    {
        if (json.Text("url") is { } url && ProviderPath.Of(url).Path != path)
            throw new FailureException(new(FailureKind.Permanent, "mismatched_endpoint",
                $"url is '{Excerpt.Marked(url, 100)}', but the batch is for {batch.Progress.Endpoint}.", Remedy.Sender)
            { Member = "url" });
        return OpenAIBatchLine.Read(json, batch.Progress.Endpoint, "") with
        {
            JobId = JobIdOf(batch.Id, line.Number),
            Credential = batch.Progress.Credential,
            Deadline = batch.ExpiresAt,
            // Jobs for which someone waits go first.
            Priority = 0,
        };
    }

    /// <summary>The id of a line's job: the same in every process.</summary>
    public static string JobIdOf(string batch, int line) => $"{batch}-{line}";

    Failure TooLong() => new(FailureKind.Permanent, FailureCodes.RequestTooLarge,
        $"The line has more than {longest} bytes, which is the limit (Web:MaxJobBytes).", Remedy.Sender);

    // 16 bytes for an id of any length.
    static UInt128 Short(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

/// <summary>The input of a batch no longer exists.</summary>
sealed class InputGoneException : Exception;
