using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>Turns lines of JSON into jobs, during one reading of a file.</summary>
sealed class JobLines(string file, LineDefaults defaults)
{
    readonly JobNames names = new(file);

    /// <summary>
    /// The format of the first line with a known one; a line that cannot be read is answered in this format.
    /// </summary>
    public LineFormat? Format { get; set; }

    public JobLine Read(RawLine raw)
    {
        var line = new JobLine(raw.Number, Format ?? LineFormat.Native,
            LineHash.Of(raw.Bytes.Span, defaults.Fingerprint))
        { Text = raw.Bytes };
        try
        {
            var json = LineText.Parse(raw);
            if (!IsSaid(json) && OtherShapes.Of(json, defaults.Url is not null) is { } other)
                return Other(line, json, other);
            // In a file of OpenAI's format, a line of unknown format is a faulty one of OpenAI's.
            var isOpenAI = IsOpenAI(json) || Format == LineFormat.OpenAI && !IsNative(json);
            Format ??= isOpenAI ? LineFormat.OpenAI : IsNative(json) ? LineFormat.Native : null;
            return isOpenAI
                ? OpenAI(line with { Format = LineFormat.OpenAI }, json)
                : Native(line with { Format = LineFormat.Native }, json);
        }
        catch (FailureException wrong)
        {
            var head = LineHead.Of(raw.Bytes.Span);
            Format ??= head.Format;
            return Named(line with
            {
                Format = head.Format ?? line.Format,
                Problem = wrong.Failure,
                IsForeign = head.Format is null || LineText.HasOldBreaks(raw.Bytes.Span)
            }, head.Id);
        }
    }

    // Among lines of a known format it is answered like them; a file of only such lines is the wrong file.
    JobLine Other(JobLine line, JsonElement json, string says) =>
        Named(line with { Problem = Failure.Invalid("", says), IsForeign = true }, IdOf(json));

    JobLine OpenAI(JobLine line, JsonElement json)
    {
        var named = Named(line, OpenAIBatchLine.IdOf(json));
        try
        {
            return named.OwnId is ""
                ? throw Wrong("custom_id", "custom_id is empty. Name the line, so that its answer can be found.")
                : named with { Request = Request(json) with { JobId = named.JobId } };
        }
        catch (FailureException wrong)
        {
            return named with { Problem = wrong.Failure };
        }
    }

    JobRequest Request(JsonElement json) =>
        OpenAIBatchLine.Read(json, defaults.Url, "; --set url=PATH sets it for all lines", defaults.OverBody);

    JobLine Native(JobLine line, JsonElement json)
    {
        var named = Named(line, IdOf(json));
        try
        {
            return named with { Request = NativeRequest(json, named) with { JobId = named.JobId } };
        }
        catch (FailureException wrong)
        {
            return named with
            {
                Problem = wrong.Failure,
                IsForeign = !IsNative(json)
                    || wrong.Failure.Member?.StartsWith("--", StringComparison.Ordinal) == true
            };
        }
    }

    JobRequest NativeRequest(JsonElement json, JobLine named)
    {
        if (named.OwnId is { } id)
            JobReading.Id(id);
        var operation = defaults.OperationOf(json) is null && OtherShapes.Prompt(json) is { } prompt
            ? throw Wrong("operation", $"operation is missing. {prompt}")
            : OperationOf(defaults.OperationOf(json));
        if (RepeatedMember.In(json, operation) is { } twice)
            throw new FailureException(twice);
        return RequestReading.Read(operation, defaults.RequestOf(json, operation));
    }

    /// <exception cref="FailureException">The operation does not exist.</exception>
    public static Operation OperationOf(string? name) =>
        JobReading.OperationOf(name, " --operation sets it for all lines.");

    JobLine Named(JobLine line, string? ownId)
    {
        var (jobId, isDuplicate) = names.Of(ownId, line.Hash);
        return line with { OwnId = ownId, JobId = jobId, IsDuplicate = isDuplicate };
    }

    // The command line may turn data into jobs that have an id with OpenAI's name and nothing else of its format.
    bool IsOpenAI(JsonElement json) => json.Member("operation") is null && !IsData(json)
        && (json.Member("custom_id") is not null || json.Member("url") is not null || json.Member("method") is not null
            && json.Member("body") is not null);

    bool IsNative(JsonElement json) => IsSaid(json) || json.Member("jobId") is not null;

    // Whether the line or the command line names the operation.
    bool IsSaid(JsonElement json) => defaults.OperationOf(json) is not null;

    bool IsData(JsonElement json) =>
        IsSaid(json) && json.Member("url") is null && json.Member("method") is null && json.Member("body") is null;

    static string? IdOf(JsonElement json) => json.Text("jobId") ?? OpenAIBatchLine.IdOf(json);

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
