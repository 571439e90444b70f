namespace OpenAIWorker.Storage.Records;

/// <summary>Selects records. A null member selects all.</summary>
sealed record JobFilter
{
    public string? State { get; init; }

    public string? Operation { get; init; }

    public string? Model { get; init; }

    public string? Tenant { get; init; }

    public string? Code { get; init; }

    public string? Credential { get; init; }

    /// <summary>The id of a group.</summary>
    public string? Group { get; init; }

    /// <summary>Received since this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>A part of the id.</summary>
    public string? Text { get; init; }

    /// <summary>The last one on the previous page.</summary>
    public JobMark? After { get; init; }

    /// <summary>Whether it selects by a part of the id and by nothing else but time.</summary>
    public bool IsOnlyText =>
        Text is not null && this with { Text = null, Since = null, After = null } == new JobFilter();

    /// <summary>The SQL condition, and its parameters.</summary>
    public (string Where, IReadOnlyList<(string Name, object? Value)> Parameters) Sql
    {
        get
        {
            List<(string Condition, string Name, object Value)> parts = [];
            Is("operation", Operation);
            Is("model", Model);
            Is("tenant", Tenant);
            Is("code", Code);
            Is("credential", Credential);
            Is("group_id", Group);
            if (Since is { } since)
                parts.Add(("received_at >= @since", "since", since.ToUnixTimeMilliseconds()));
            if (Text is { Length: > 0 } text)
                // SQLite's LIKE takes j for J, and an id is told apart by them.
                parts.AddRange([("job_id LIKE @text ESCAPE '!'", "text", $"%{Escaped(text)}%"),
                    ("REPLACE(job_id, @exact, '') <> job_id", "exact", text)]);
            var conditions = parts.Select(part => part.Condition).ToList();
            // As literals, because parameters would not match a partial index.
            if (State is { } state)
                conditions.Add(JobStates.All.Contains(state) ? $"state = '{state}'" : "1 = 0");
            if (State is JobStates.Waiting or JobStates.Running)
                conditions.Add("ended_at IS NULL");
            if (Tenant is { Length: > 0 })
                conditions.Add("tenant <> ''");
            if (Operation is not (null or "message-model"))
                conditions.Add("operation <> 'message-model'");
            if (Credential is not (null or "default"))
                conditions.Add("credential <> 'default'");
            List<(string Name, object? Value)> parameters = [.. parts.Select(part => (part.Name, (object?)part.Value))];
            if (After is { } after)
            {
                conditions.Add("(received_at, job_id) < (@received, @after)");
                parameters.AddRange([("received", after.ReceivedAt.ToUnixTimeMilliseconds()), ("after", after.Id)]);
            }
            return (conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}", parameters);

            void Is(string column, string? value)
            {
                if (value is not null)
                    parts.Add(($"{column} = @{column}", column, value));
            }
        }
    }

    // Escapes LIKE's special characters.
    static string Escaped(string text) => text.Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal);
}

/// <summary>A position in the list.</summary>
readonly record struct JobMark(DateTimeOffset ReceivedAt, string Id);
