using System.Globalization;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Tables of jobs and sums, for a person.</summary>
static class JobTable
{
    public static void Write(IReadOnlyList<JobRecord> page, DateTimeOffset now) => Grid.Write(
        ["id", "operation", "state", "model", "age"],
        page.Select(record =>
            new[] { record.Key.Id, record.Operation, JobWords.State(record, now), record.Model ?? "",
                JobWords.Time(now - record.ReceivedAt) }));

    public static void Write(IReadOnlyList<GroupProgress> groups, DateTimeOffset now) => Grid.Write(
        ["group", "tenant", "ended", "completed", "failed", "age"],
        groups.Select(group => new[]
        {
            group.Key.Id, group.Key.Tenant, $"{Number(group.Ended)} of {Number(group.Size)}", Number(group.Completed),
            Number(group.Failed), JobWords.Time(now - group.FirstSeen),
        }));

    public static void Write(string by, IReadOnlyList<JobSum> sums) => Grid.Write(
        [by, "jobs", "completed", "failed", "input tokens", "output tokens", "cost"],
        sums.Select(sum => new[]
        {
            sum.Name.Length > 0 ? sum.Name : "(none)", Number(sum.Jobs), Number(sum.Completed), Number(sum.Failed),
                Number(sum.InputTokens), Number(sum.OutputTokens),
            JobWords.Cost(sum.Cost, sum.Currency),
        }));

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
