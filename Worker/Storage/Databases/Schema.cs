using System.Text.RegularExpressions;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// The tables, as the steps that create them. A released step is never changed: a new one follows it.
/// </summary>
static partial class Schema
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
        """
        CREATE TABLE workers (
            id TEXT PRIMARY KEY,
            host TEXT NOT NULL,
            started_at BIGINT NOT NULL,
            beat BIGINT NOT NULL);
        CREATE TABLE job_records (
            job_id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            operation TEXT NOT NULL,
            model TEXT,
            credential TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            replay TEXT NOT NULL,
            state TEXT NOT NULL,
            code TEXT,
            reason TEXT,
            wait_until BIGINT,
            owner TEXT,
            attempts BIGINT NOT NULL,
            waits BIGINT NOT NULL,
            input_tokens BIGINT,
            output_tokens BIGINT,
            cost DOUBLE PRECISION,
            currency TEXT,
            received_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            ended_at BIGINT,
            request_key TEXT,
            request BYTEA,
            ending_key TEXT,
            ending BYTEA,
            PRIMARY KEY (job_id, tenant));
        CREATE INDEX job_records_ages ON job_records (received_at, job_id);
        CREATE INDEX job_records_endings ON job_records (ended_at);
        CREATE INDEX job_records_open ON job_records (received_at, job_id) WHERE ended_at IS NULL;
        CREATE INDEX job_records_failures ON job_records (received_at, job_id) WHERE state = 'failed';
        CREATE INDEX job_records_owners ON job_records (owner) WHERE owner IS NOT NULL;
        CREATE TABLE job_steps (
            job_id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            kind TEXT NOT NULL,
            code TEXT NOT NULL,
            reason TEXT,
            at BIGINT NOT NULL,
            wait_until BIGINT);
        CREATE INDEX job_steps_jobs ON job_steps (job_id, tenant);
        CREATE VIEW jobs AS SELECT job_id, tenant, operation, model, credential, state, code, reason, {TIME wait_until} AS wait_until, attempts, waits,
            input_tokens, output_tokens, cost, currency, {TIME received_at} AS received_at, {TIME changed_at} AS changed_at, {TIME ended_at} AS ended_at FROM job_records;
        CREATE VIEW spend_by_day AS SELECT {DAY ended_at} AS day, tenant, credential, operation, model, COUNT(*) AS jobs,
            COUNT(CASE WHEN state = 'failed' THEN 1 END) AS failed, SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens, SUM(cost) AS cost,
            MAX(currency) AS currency FROM job_records WHERE ended_at IS NOT NULL GROUP BY {DAY ended_at}, tenant, credential, operation, model;
        """,
        """
        ALTER TABLE job_records ADD COLUMN group_id TEXT;
        ALTER TABLE job_records ADD COLUMN endings BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX job_records_groups ON job_records (group_id, tenant, state) WHERE group_id IS NOT NULL;
        CREATE TABLE job_groups (
            id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            size BIGINT NOT NULL,
            completed BIGINT NOT NULL,
            failed BIGINT NOT NULL,
            first_seen BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            ended_at BIGINT,
            told_at BIGINT,
            teller TEXT,
            PRIMARY KEY (id, tenant));
        CREATE INDEX job_groups_ages ON job_groups (first_seen, id);
        CREATE INDEX job_groups_changes ON job_groups (changed_at);
        CREATE INDEX job_groups_untold ON job_groups (ended_at) WHERE told_at IS NULL;
        DROP VIEW jobs;
        CREATE VIEW jobs AS SELECT job_id, tenant, operation, model, credential, group_id, state, code, reason, {TIME wait_until} AS wait_until, attempts, waits,
            input_tokens, output_tokens, cost, currency, {TIME received_at} AS received_at, {TIME changed_at} AS changed_at, {TIME ended_at} AS ended_at FROM job_records;
        """,
        """
        CREATE TABLE api_files (
            id TEXT PRIMARY KEY,
            tenant TEXT NOT NULL,
            purpose TEXT NOT NULL,
            name TEXT NOT NULL,
            bytes BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL);
        CREATE INDEX api_files_ages ON api_files (created_at, id);
        CREATE INDEX api_files_ends ON api_files (expires_at);
        CREATE TABLE api_batches (
            id TEXT PRIMARY KEY,
            tenant TEXT NOT NULL,
            input_file TEXT NOT NULL,
            status TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            cancelling_at BIGINT,
            ended_at BIGINT,
            progress TEXT NOT NULL,
            held_by TEXT,
            beat BIGINT NOT NULL);
        CREATE INDEX api_batches_ages ON api_batches (created_at, id);
        CREATE INDEX api_batches_open ON api_batches (id) WHERE ended_at IS NULL;
        CREATE TABLE api_responses (
            id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            request_hash TEXT NOT NULL,
            cancelled_at BIGINT,
            content_key TEXT,
            content BYTEA NOT NULL,
            PRIMARY KEY (id, tenant));
        CREATE INDEX api_responses_ages ON api_responses (created_at);
        """,
        """
        DROP INDEX job_records_open;
        CREATE INDEX job_records_open ON job_records (state, received_at, job_id, tenant) WHERE ended_at IS NULL;
        DROP INDEX job_records_endings;
        CREATE INDEX job_records_endings ON job_records (ended_at, state, tenant, received_at) WHERE ended_at IS NOT NULL;
        DROP INDEX job_records_failures;
        CREATE INDEX job_records_failures ON job_records (received_at, job_id, code, operation, model, tenant) WHERE state = 'failed';
        CREATE INDEX job_records_waits ON job_records (code, model, credential, tenant, wait_until) WHERE state = 'waiting';
        CREATE INDEX job_records_models ON job_records (model, received_at, job_id);
        CREATE INDEX job_records_codes ON job_records (code, received_at, job_id) WHERE code IS NOT NULL;
        CREATE INDEX job_records_tenants ON job_records (tenant, received_at, job_id) WHERE tenant <> '';
        CREATE TABLE job_sums (
            hour BIGINT NOT NULL,
            worker TEXT NOT NULL,
            tenant TEXT NOT NULL,
            credential TEXT NOT NULL,
            operation TEXT NOT NULL,
            model TEXT NOT NULL,
            jobs BIGINT NOT NULL,
            failed BIGINT NOT NULL,
            input_tokens BIGINT NOT NULL,
            output_tokens BIGINT NOT NULL,
            cost DOUBLE PRECISION NOT NULL,
            currency TEXT,
            PRIMARY KEY (hour, worker, tenant, credential, operation, model));
        """,
        """
        ALTER TABLE workers ADD COLUMN status TEXT;
        """,
        """
        DROP INDEX job_records_open;
        CREATE INDEX job_records_open ON job_records (state, received_at, job_id, tenant, operation, model, credential)
            WHERE ended_at IS NULL;
        """,
        """
        ALTER TABLE job_records ADD COLUMN step BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE job_records ADD COLUMN progress_key TEXT;
        ALTER TABLE job_records ADD COLUMN progress BYTEA;
        DROP INDEX job_records_owners;
        CREATE INDEX job_records_operations ON job_records (operation, received_at, job_id)
            WHERE operation <> 'message-model';
        """,
        """
        DROP INDEX job_records_models;
        CREATE INDEX job_records_models ON job_records
            (model, received_at, job_id, state, tenant, code, operation, credential);
        DROP INDEX job_records_codes;
        CREATE INDEX job_records_codes ON job_records (code, received_at, job_id, model, tenant, operation, credential)
            WHERE code IS NOT NULL;
        DROP INDEX job_records_tenants;
        CREATE INDEX job_records_tenants ON job_records
            (tenant, received_at, job_id, model, code, operation, credential, state) WHERE tenant <> '';
        DROP INDEX job_records_operations;
        CREATE INDEX job_records_operations ON job_records
            (operation, received_at, job_id, model, tenant, credential, state) WHERE operation <> 'message-model';
        CREATE INDEX job_records_credentials ON job_records
            (credential, received_at, job_id, model, tenant, operation, state) WHERE credential <> 'default';
        """,
        // What workers recorded before there were sums. An hour that has sums may have all of them.
        """
        INSERT INTO job_sums (hour, worker, tenant, credential, operation, model, jobs, failed, input_tokens,
            output_tokens, cost, currency)
        SELECT ended_at / 3600000, '', tenant, credential, operation, COALESCE(model, ''), COUNT(*),
            COUNT(CASE WHEN state = 'failed' THEN 1 END), CAST(COALESCE(SUM(input_tokens), 0) AS BIGINT),
            CAST(COALESCE(SUM(output_tokens), 0) AS BIGINT), COALESCE(SUM(cost), 0), MAX(currency)
        FROM job_records
        WHERE ended_at < COALESCE((SELECT MIN(hour) FROM job_sums) * 3600000, 9007199254740991)
        GROUP BY 1, 3, 4, 5, 6;
        """,
    ];

    /// <summary>The number of steps that this worker knows.</summary>
    public static int Count => Steps.Length;

    /// <summary>Runs the steps that have not run yet; returns their number.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="time">The SQL that shows a column as a time.</param>
    /// <param name="day">The same as a day.</param>
    /// <param name="begins">Told before each step of older tables: its number, and that of the last one.</param>
    public static async Task<int> Migrate(Session session, Func<string, string> time, Func<string, string> day,
        Action<int, int> begins)
    {
        await session.Run("CREATE TABLE IF NOT EXISTS schema_steps (taken BIGINT NOT NULL)");
        var taken = (int)await session.Number("SELECT COALESCE(MAX(taken), 0) FROM schema_steps");
        if (taken > Steps.Length)
            throw new NewerSchemaException(taken, Steps.Length);
        foreach (var (index, step) in Steps.Index().Skip(taken))
        {
            if (taken > 0)
                begins(index + 1, Steps.Length);
            await session.Run(Dialect(step, time, day));
            await session.Run("INSERT INTO schema_steps (taken) VALUES (@taken)", ("taken", index + 1L));
        }
        return Steps.Length - taken;
    }

    // Databases differ in how they write a time.
    static string Dialect(string step, Func<string, string> time, Func<string, string> day) =>
        Times().Replace(step, match =>
            match.Groups[1].Value == "TIME" ? time(match.Groups[2].Value) : day(match.Groups[2].Value));

    [GeneratedRegex(@"\{(TIME|DAY) (\w+)\}")]
    private static partial Regex Times();
}
