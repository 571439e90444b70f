using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Groups;

/// <summary>Inserts groups before their first jobs, and caches their sizes.</summary>
sealed class GroupSizes(Database database, TimeProvider clock)
{
    const int Remembered = 10_000;

    readonly Dictionary<GroupKey, int> sizes = [];

    /// <summary>Whether the group is known to exist with this size.</summary>
    public bool Has(NamedGroup group) => sizes.GetValueOrDefault(group.Key) == group.Size;

    /// <summary>
    /// Inserts groups; an existing one keeps its size. In a separate transaction, so that others that count its jobs
    /// see it.
    /// </summary>
    public async Task Enter(IEnumerable<NamedGroup> groups)
    {
        var named = groups.DistinctBy(group => group.Key).OrderBy(group => group.Key).ToList();
        if (named.Count == 0)
            return;
        var found = await database.WriteBeside(async session =>
        {
            var known = new List<NamedGroup>();
            foreach (var (key, size) in named)
            {
                await session.Run(GroupCount.Enter, ("id", key.Id), ("tenant", key.Tenant), ("size", (long)size),
                    ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
                known.Add(new(key, (int)await session.Number(
                    "SELECT size FROM job_groups WHERE id = @id AND tenant = @tenant", ("id", key.Id),
                    ("tenant", key.Tenant))));
            }
            return known;
        }, isDurable: false, CancellationToken.None);
        if (sizes.Count + found.Count > Remembered)
            sizes.Clear();
        found.ForEach(group => sizes[group.Key] = group.Size);
    }

    /// <summary>The size of an existing group.</summary>
    public int SizeOf(GroupKey group) => sizes[group];
}
