using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Runs the verbs of <c>jobs</c> at the open desk.</summary>
static class JobsRun
{
    public static async Task<int> With(IReadOnlyList<string> settings, Func<JobDesk, Task<int>> deed,
        CancellationToken cancellation)
    {
        try
        {
            await using var desk = JobDesk.Open(settings);
            return await deed(desk);
        }
        catch (FailureException broken) when (StoreFailures.IsOne(broken.Failure))
        {
            Told.Error(StoreFailures.Bare(broken.Failure));
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    public static async Task<int> List(JobDesk desk, JobFilter filter, string? after, int limit, bool json,
        CancellationToken cancellation)
    {
        if (after is not null)
            filter = filter with { After = await Mark(desk, after, filter.Tenant, cancellation) };
        var (page, isBounded) = await desk.Records.Page(filter, limit, cancellation);
        if (json)
            page.ForEach(record => Console.Out.WriteLine(JobJson.Line(JobJson.Of(record))));
        else if (page.Count == 0)
            Told.Out(after is null ? "There are none." : "There are no more.");
        else
            JobTable.Write(page, desk.Now);
        if (!json && page.Count == limit)
            Told.Out($"There may be more: --after {ShellWord.Of(page[^1].Key.Id)}");
        else if (!json && isBounded)
            Told.Out(
                $"Only the newest {RecordSearch.Searched} records were searched. To search older ones: --since 90d");
        return ExitCodes.Success;
    }

    public static async Task<int> Show(JobDesk desk, string id, string? tenant, bool json,
        CancellationToken cancellation)
    {
        var found = await desk.Records.Find(id, tenant, cancellation);
        if (found.Count == 0)
        {
            Told.Error(None(id));
            return ExitCodes.Failed;
        }
        foreach (var record in found)
            Console.Out.WriteLine(json
                ? JobJson.Line(JobJson.Of(record, desk.Cipher))
                : JobDetails.Text(record, desk.Cipher, desk.Now));
        return ExitCodes.Success;
    }

    public static async Task<int> Stats(JobDesk desk, string by, JobFilter filter, bool json,
        CancellationToken cancellation)
    {
        var sums = await desk.Sums.By(by, filter, cancellation);
        if (json)
            sums.ForEach(sum => Console.Out.WriteLine(JobJson.Line(JobJson.Of(by, sum))));
        else if (sums.Count == 0)
            Told.Out("There are none.");
        else
            JobTable.Write(by, sums);
        return ExitCodes.Success;
    }

    public static async Task<int> Purge(JobDesk desk, IReadOnlyList<string> ids, JobPurge which,
        CancellationToken cancellation)
    {
        var (deleted, isGood) = (ids.Count == 0 ? await desk.Records.Purge(which, cancellation) : 0, true);
        foreach (var id in ids.Distinct())
        {
            var count = await desk.Records.Purge(which with { Id = id }, cancellation);
            deleted += count;
            var left = await desk.Records.Find([id], which.Tenant, cancellation);
            if (count > 0 && left.Count == 0)
                continue;
            isGood = false;
            foreach (var says in left.Select(record => Kept(record, which.Group)).DefaultIfEmpty(None(id)))
                Told.Error(PlainText.Line(says));
        }
        Told.Out($"{deleted} {(deleted == 1 ? "record" : "records")} deleted.");
        return isGood ? ExitCodes.Success : ExitCodes.Failed;
    }

    static string Kept(JobRecord record, string? group) => record.EndedAt is not null
        ? $"{record.Key.Id} was not deleted: it is no job of the group '{group}'."
        : $"{record.Key.Id} was not deleted: it is {record.State}. Cancel it first: "
            + $"worker cancel {ShellWord.Of(record.Key.Id)}";

    /// <summary>Says that there is no record of a job.</summary>
    public static string None(string id) =>
        $"There is no record of the job '{id}': no worker with this database and Records:Keep has seen it, it was "
            + "deleted, or it ended longer ago than Records:KeepFor.";

    static async Task<JobMark> Mark(JobDesk desk, string id, string? tenant, CancellationToken cancellation) =>
        await desk.Records.Find([id], tenant, cancellation) is [var found, ..]
            ? new(found.ReceivedAt, found.Key.Id)
            : throw new SettingsException([$"--after: {None(id)}"]);
}
