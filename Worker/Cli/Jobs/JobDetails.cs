using System.Globalization;
using System.Text;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>The whole record of a job, for a person.</summary>
static class JobDetails
{
    public static string Text(WholeRecord whole, ContentCipher cipher, DateTimeOffset now)
    {
        var (record, text) = (whole.Record, new StringBuilder());
        text.Append(CultureInfo.InvariantCulture,
            $"{record.Key.Id}: {record.Operation}, {JobWords.State(record, now)}\n");
        Line("reason", record.Reason);
        Line("tenant", record.Key.Tenant);
        Line("group", record.Group);
        Line("model", record.Model);
        Line("credential", record.Credential);
        Line("received", Time(record.ReceivedAt));
        Line("ended", record.EndedAt is { } end
            ? $"{Time(end)}, after {JobWords.Time(end - record.ReceivedAt)}"
            : null);
        Line("attempts", record.Attempts > 0
            ? $"{record.Attempts}, and {record.Waits} {(record.Waits == 1 ? "wait" : "waits")}"
            : null);
        Line("tokens", record.InputTokens is { } input ? $"{input} in, {record.OutputTokens} out" : null);
        Line("cost", JobWords.Cost(record.Cost, record.Currency));
        foreach (var step in whole.Steps)
            text.Append(CultureInfo.InvariantCulture,
                $"  {Time(step.At)} {(step.Kind == JobStep.Wait ? "waits" : "attempt failed")}: "
                    + $"{(step.Reason ?? step.Code).TrimEnd('.')}"
                    + $"{(step.Until is { } until ? $", until {Time(until)}" : "")}\n");
        Content("request", whole.Request);
        Content("ending", whole.Ending);
        return PlainText.Of(text.ToString());

        void Line(string name, string? value)
        {
            if (value is { Length: > 0 })
                text.Append(CultureInfo.InvariantCulture, $"  {name,-10} {value}\n");
        }

        void Content(string name, SealedContent? content)
        {
            if (content is { } kept)
                Line(name, ContentText.Read(record.Key, kept, cipher));
        }
    }

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
