using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Waits for endings, and prints each when it arrives.</summary>
static class JobsWait
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // A job that was just sent is seen sooner than that.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(JobDesk desk, IReadOnlyList<string> ids, string? tenant, TimeSpan? most,
        bool json, CancellationToken cancellation)
    {
        var (awaited, hasFailed, began) = (ids.ToHashSet(), false, desk.Clock.GetTimestamp());
        var isTold = false;
        while (true)
        {
            var found = await desk.Records.Find([.. awaited], tenant, cancellation);
            if (!isTold && desk.Clock.GetElapsedTime(began) > Patience)
                isTold = TellUnseen(awaited.Except(found.Select(record => record.Key.Id)));
            foreach (var record in found.Where(record => record.EndedAt is not null))
            {
                awaited.Remove(record.Key.Id);
                hasFailed |= record.State == JobStates.Failed;
                Console.Out.WriteLine(json
                    ? JobJson.Line(JobJson.Of(record))
                    : PlainText.Line($"{record.Key.Id}: {JobWords.State(record, desk.Now)}"));
            }
            if (awaited.Count == 0)
                return hasFailed ? ExitCodes.Failed : ExitCodes.Success;
            if (most is { } time && desk.Clock.GetElapsedTime(began) > time)
            {
                await TellLate(desk, [.. ids.Where(awaited.Contains)], tenant, cancellation);
                return ExitCodes.Failed;
            }
            await Task.Delay(Pause, desk.Clock, cancellation);
        }
    }

    // A wrong id would be waited for in silence.
    static bool TellUnseen(IEnumerable<string> ids)
    {
        foreach (var id in ids)
            Told.Error(PlainText.Line(
                $"No worker with this database has seen the job '{id}' yet; waiting for it. Ctrl-C ends the wait."));
        return true;
    }

    static async Task TellLate(JobDesk desk, IReadOnlyList<string> late, string? tenant, CancellationToken cancellation)
    {
        var found = (await desk.Records.Find(late, tenant, cancellation)).ToLookup(record => record.Key.Id);
        foreach (var id in late)
            Told.Error(PlainText.Line(found[id].FirstOrDefault() is { } record
                ? $"{id}: {JobWords.State(record, desk.Now)}"
                : JobsRun.None(id)));
    }
}
