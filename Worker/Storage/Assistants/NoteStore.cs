using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>
/// What a job created or was about to use at the provider: a job that is delivered again looks there before it does the
/// same once more.
/// </summary>
/// <param name="ThingId">A conversation, a thread, or a vector store.</param>
/// <param name="LastId">The position in it: the last item of a conversation, or the run of a thread. Null: at its
/// start.</param>
sealed record Note(string ThingId, string? LastId = null);

/// <summary>Remembers one thing for each job, for longer than any job lives.</summary>
sealed class NoteStore(Database database, TimeProvider clock)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    public Task<Note?> Find(string credential, string job, CancellationToken cancellation) => database.Read(
        session => session.Row(
            "SELECT thing_id, last_id FROM notes WHERE credential = @credential AND job_id = @job",
            row => new Note(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), ("credential", credential),
            ("job", job)),
        cancellation);

    /// <summary>Adds the note, unless the job has one; returns the stored note.</summary>
    public async Task<Note> Add(string credential, string job, Note note, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await database.Write(async session =>
        {
            await session.Run("DELETE FROM notes WHERE created_at < @old",
                ("old", (now - Kept).ToUnixTimeMilliseconds()));
            return await session.Run(
                "INSERT INTO notes (credential, job_id, thing_id, last_id, created_at) VALUES (@credential, @job, "
                    + "@thing, @last, @now) ON CONFLICT DO NOTHING",
                ("credential", credential), ("job", job), ("thing", note.ThingId), ("last", note.LastId),
                ("now", now.ToUnixTimeMilliseconds()));
        }, cancellation);
        return (await Find(credential, job, cancellation))!;
    }

    /// <summary>The job starts again at another position in the same thing.</summary>
    public async Task<Note> Move(string credential, string job, Note note, CancellationToken cancellation)
    {
        await database.Write(session => session.Run(
            "UPDATE notes SET last_id = @last, created_at = @now WHERE credential = @credential AND job_id = @job",
            ("last", note.LastId), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("credential", credential),
            ("job", job)), cancellation);
        return note;
    }

    /// <summary>The note of the job that used the same thing after this one.</summary>
    public Task<Note?> Next(string credential, string job, Note note, CancellationToken cancellation) =>
        database.Read(session => session.Row(
        """
        SELECT thing_id, last_id FROM notes WHERE credential = @credential AND thing_id = @thing AND job_id <> @job
        AND created_at >= (SELECT created_at FROM notes WHERE credential = @credential AND job_id = @job) ORDER BY created_at LIMIT 1
        """,
        row => new Note(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), ("credential", credential),
        ("thing", note.ThingId), ("job", job)), cancellation);
}
