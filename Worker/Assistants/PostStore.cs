namespace OpenAIWorker.Assistants;

/// <summary>Where in which conversation a job's message was about to be posted: a job that comes back looks there before it posts once more.</summary>
/// <param name="ConversationId">The provider's conversation.</param>
/// <param name="LastItemId">Its last item by then; null in a new one.</param>
sealed record Post(string ConversationId, string? LastItemId);

/// <summary>Remembers posts, for longer than any job lives.</summary>
sealed class PostStore(Database database, TimeProvider clock)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    public Task<Post?> Find(string credential, string job, CancellationToken cancellation) => database.Read(
        session => session.Row(
            "SELECT conversation_id, last_item_id FROM posts WHERE credential = @credential AND job_id = @job",
            row => new Post(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), ("credential", credential), ("job", job)),
        cancellation);

    /// <summary>Notes it, unless the job has one; returns what is noted.</summary>
    public async Task<Post> Add(string credential, string job, Post post, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await database.Write(async session =>
        {
            await session.Run("DELETE FROM posts WHERE created_at < @old", ("old", (now - Kept).ToUnixTimeMilliseconds()));
            return await session.Run(
                "INSERT INTO posts (credential, job_id, conversation_id, last_item_id, created_at) VALUES (@credential, @job, @conversation, @item, @now) ON CONFLICT DO NOTHING",
                ("credential", credential), ("job", job), ("conversation", post.ConversationId), ("item", post.LastItemId), ("now", now.ToUnixTimeMilliseconds()));
        }, cancellation);
        return (await Find(credential, job, cancellation))!;
    }
}
