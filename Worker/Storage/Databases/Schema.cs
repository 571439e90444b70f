namespace OpenAIWorker.Storage.Databases;

/// <summary>The tables, as the steps that made them. A step that was released is never changed: a new one follows it.</summary>
static class Schema
{
    static readonly string[] Steps =
    [
        """
        CREATE TABLE assistants (
            number BIGINT PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            credential TEXT NOT NULL,
            job_id TEXT NOT NULL,
            name TEXT,
            definition TEXT NOT NULL,
            version BIGINT NOT NULL,
            deleted_at BIGINT,
            UNIQUE (credential, job_id));
        CREATE INDEX assistants_names ON assistants (credential, name);
        CREATE TABLE notes (
            credential TEXT NOT NULL,
            job_id TEXT NOT NULL,
            thing_id TEXT NOT NULL,
            last_id TEXT,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (credential, job_id));
        CREATE INDEX notes_ages ON notes (created_at);
        CREATE TABLE threads (
            id TEXT PRIMARY KEY,
            credential TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            held_by TEXT,
            held_until BIGINT);
        CREATE TABLE turns (
            credential TEXT NOT NULL,
            job_id TEXT NOT NULL,
            thread_id TEXT NOT NULL REFERENCES threads (id),
            number BIGINT NOT NULL,
            messages TEXT NOT NULL,
            answer TEXT NOT NULL,
            PRIMARY KEY (credential, job_id),
            UNIQUE (thread_id, number));
        """,
        """
        CREATE TABLE thread_waits (
            thread_id TEXT NOT NULL,
            job_id TEXT NOT NULL,
            number BIGINT NOT NULL,
            seen_at BIGINT NOT NULL,
            PRIMARY KEY (thread_id, job_id));
        CREATE INDEX notes_things ON notes (credential, thing_id);
        """,
        """
        CREATE TABLE things (
            credential TEXT NOT NULL,
            thing_id TEXT NOT NULL,
            owner TEXT NOT NULL,
            kept_until BIGINT,
            PRIMARY KEY (credential, thing_id));
        CREATE INDEX things_ages ON things (kept_until);
        """,
    ];

    /// <summary>Takes the steps that were not taken yet; returns how many.</summary>
    public static async Task<int> Migrate(Session session)
    {
        await session.Run("CREATE TABLE IF NOT EXISTS schema_steps (taken BIGINT NOT NULL)");
        var taken = (int)await session.Number("SELECT COALESCE(MAX(taken), 0) FROM schema_steps");
        if (taken > Steps.Length)
            throw new NewerSchemaException(taken, Steps.Length);
        foreach (var (index, step) in Steps.Index().Skip(taken))
        {
            await session.Run(step);
            await session.Run("INSERT INTO schema_steps (taken) VALUES (@taken)", ("taken", index + 1L));
        }
        return Steps.Length - taken;
    }
}
