using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Waits until all jobs of a group have ended.</summary>
static class GroupsWait
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<int> Run(JobDesk desk, string id, string? tenant, TimeSpan? most, bool json,
        CancellationToken cancellation)
    {
        var began = desk.Clock.GetTimestamp();
        while (true)
        {
            // A worker may not have seen the group's first job yet.
            var found = await desk.Groups.Find(id, tenant, cancellation);
            if (found.Count > 0 && found.TrueForAll(group => group.Progress.EndedAt is not null))
            {
                Tell(found, json);
                return found.TrueForAll(group => group.Progress.Failed == 0) ? ExitCodes.Success : ExitCodes.Failed;
            }
            if (most is { } time && desk.Clock.GetElapsedTime(began) > time)
            {
                if (found.Count == 0)
                    Told.Error(PlainText.Line(GroupsRun.None(id)));
                Tell(found, json);
                return ExitCodes.Failed;
            }
            await Task.Delay(Pause, desk.Clock, cancellation);
        }
    }

    static void Tell(List<WholeGroup> groups, bool json) => groups.ForEach(group =>
        Console.Out.WriteLine(json ? JobJson.Line(JobJson.Of(group)) : PlainText.Line(GroupsRun.Words(group))));
}
