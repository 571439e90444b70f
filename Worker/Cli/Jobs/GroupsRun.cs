using System.Globalization;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Shows groups.</summary>
static class GroupsRun
{
    public static async Task<int> Show(JobDesk desk, string? id, string? tenant, int limit, bool json,
        CancellationToken cancellation)
    {
        if (id is not null)
            return await One(desk, id, tenant, json, cancellation);
        var groups = await desk.Groups.List(tenant, null, limit, cancellation);
        if (json)
            groups.ForEach(group => Console.Out.WriteLine(JobJson.Line(JobJson.Of(group))));
        else if (groups.Count == 0)
            Told.Out("There are none.");
        else
            JobTable.Write(groups, desk.Now);
        return ExitCodes.Success;
    }

    /// <summary>Says that the group does not exist.</summary>
    public static string None(string id) =>
        $"There is no group '{id}': no worker with this database and Records:Keep has seen a job of it, it was "
            + "deleted, or it ended longer ago than Records:KeepFor.";

    /// <summary>The progress of a group, in one sentence.</summary>
    public static string Words(WholeGroup whole)
    {
        var group = whole.Progress;
        var sums = string.Create(CultureInfo.InvariantCulture,
            $"{group.Completed} completed, {group.Failed} failed, {whole.Running} running, {whole.Waiting} waiting, "
                + $"{whole.Unseen} not seen yet");
        var cost = JobWords.Cost(whole.Cost, whole.Currency) is { Length: > 0 } given ? $", {given}" : "";
        return $"{group.Key.Id}: {group.Ended} of {group.Size} jobs have ended: {sums}; tokens: "
            + $"{whole.InputTokens} in, {whole.OutputTokens} out{cost}";
    }

    static async Task<int> One(JobDesk desk, string id, string? tenant, bool json, CancellationToken cancellation)
    {
        var found = await desk.Groups.Find(id, tenant, cancellation);
        if (found.Count == 0)
        {
            Told.Error(PlainText.Line(None(id)));
            return ExitCodes.Failed;
        }
        foreach (var group in found)
            Console.Out.WriteLine(json ? JobJson.Line(JobJson.Of(group)) : PlainText.Line(Words(group)));
        return ExitCodes.Success;
    }
}
