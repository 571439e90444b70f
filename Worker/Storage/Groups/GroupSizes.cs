using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Groups;

/// <summary>Enters groups before their first jobs, and knows their sizes.</summary>
sealed class GroupSizes(Database database, TimeProvider clock)
{
    const int Remembered = 10_000;

    readonly Dictionary<GroupKey, int> sizes = [];

    /// <summary>Whether the group is entered with this size, as far as is remembered.</summary>
    public bool Has(NamedGroup group) => sizes.GetValueOrDefault(group.Key) == group.Size;

    /// <summary>
    /// Enters groups; one that is there keeps its size. In a transaction of its own: who counts its jobs has to see it.
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

    /// <summary>The size of a group that was entered.</summary>
    public int SizeOf(GroupKey group) => sizes[group];
}
