using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>
/// The owner of a thing at the provider: a file, a conversation, a stored response. The first owner keeps it.
/// </summary>
sealed class ThingStore(Database database, TimeProvider clock)
{
    // The most parameters that any database accepts.
    const int AtOnce = 500;

    /// <param name="credential">The credential that created it: each provider has its own ids.</param>
    /// <param name="id">The provider's id.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="kept">How long the provider keeps it at most; null: until it is deleted.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<int> Add(string credential, string id, string owner, TimeSpan? kept, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return database.Write(async session =>
        {
            await session.Run("DELETE FROM things WHERE kept_until < @now", ("now", now.ToUnixTimeMilliseconds()));
            return await session.Run(
                "INSERT INTO things (credential, thing_id, owner, kept_until) VALUES (@credential, @thing, @owner, "
                    + "@until) ON CONFLICT DO NOTHING",
                ("credential", credential), ("thing", id), ("owner", owner),
                ("until", (now + kept)?.ToUnixTimeMilliseconds()));
        }, cancellation);
    }

    /// <summary>The ids that belong to the owner.</summary>
    public Task<HashSet<string>> Which(string credential, IReadOnlyCollection<string> ids, string owner,
        CancellationToken cancellation) => database.Read(async session =>
    {
        var found = new HashSet<string>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var names = some.Select((id, number) => (Name: $"thing{number}", Value: (object?)id)).ToArray();
            found.UnionWith(await session.Rows(
                "SELECT thing_id FROM things WHERE credential = @credential AND owner = @owner AND thing_id IN "
                    + $"({string.Join(", ", names.Select(name => $"@{name.Name}"))})",
                row => row.GetString(0), [("credential", credential), ("owner", owner), .. names]));
        }
        return found;
    }, cancellation);

    /// <summary>The provider has deleted it.</summary>
    public Task<int> Delete(string credential, string id, CancellationToken cancellation) => database.Write(
        session =>
            session.Run("DELETE FROM things WHERE credential = @credential AND thing_id = @thing",
                ("credential", credential), ("thing", id)), cancellation);
}
