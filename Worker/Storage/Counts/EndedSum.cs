using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Counts;

/// <summary>Sums of ended jobs of one kind. Each worker has its own rows, so that none waits for another's.</summary>
/// <param name="Key">The kind.</param>
sealed record EndedSum(SumKey Key)
{
    const string Insert = """
        INSERT INTO job_sums AS s (hour, worker, tenant, credential, operation, model, jobs, failed, input_tokens,
            output_tokens, cost, currency)
        """;

    const string OrAdd = """
        ON CONFLICT (hour, worker, tenant, credential, operation, model)
            DO UPDATE SET jobs = s.jobs + excluded.jobs, failed = s.failed + excluded.failed,
            input_tokens = s.input_tokens + excluded.input_tokens,
            output_tokens = s.output_tokens + excluded.output_tokens, cost = s.cost + excluded.cost,
            currency = COALESCE(excluded.currency, s.currency)
        RETURNING hour
        """;

    const string Add = $"""
        {Insert}
        VALUES (@hour, @worker, @tenant, @credential, @operation, @model, @jobs, @failed, @input, @output, @cost,
            @currency)
        {OrAdd}
        """;

    /// <summary>Adds what was <c>written</c> to the stored sums of <c>@worker</c>: see <see cref="Adding"/>.</summary>
    public static readonly string AddWritten = $"""
        {Insert}
        SELECT ended_at / {(long)TimeSpan.FromHours(1).TotalMilliseconds}, @worker, tenant, credential, operation,
            COALESCE(model, ''), COUNT(*), COUNT(CASE WHEN state = 'failed' THEN 1 END),
            CAST(COALESCE(SUM(input_tokens), 0) AS BIGINT), CAST(COALESCE(SUM(output_tokens), 0) AS BIGINT),
            COALESCE(SUM(cost), 0), MAX(currency)
        FROM written GROUP BY 1, 3, 4, 5, 6
        {OrAdd}
        """;

    /// <summary>The period of a sum.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public long Jobs { get; init; }

    public long Failed { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public decimal Cost { get; init; }

    public string? Currency { get; init; }

    /// <summary>Hours since 1970.</summary>
    public static long HourOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / (long)Hour.TotalMilliseconds;

    public EndedSum And(EndedSum other) => this with
    {
        Jobs = Jobs + other.Jobs,
        Failed = Failed + other.Failed,
        InputTokens = InputTokens + other.InputTokens,
        OutputTokens = OutputTokens + other.OutputTokens,
        Cost = Cost + other.Cost,
        Currency = Currency ?? other.Currency,
    };

    /// <summary>Adds it to the stored sums of the worker.</summary>
    public Statement Adding(string worker) => new(Add, ("hour", Key.Hour), ("worker", worker),
        ("tenant", Key.Tenant), ("credential", Key.Credential), ("operation", Key.Operation), ("model", Key.Model),
        ("jobs", Jobs), ("failed", Failed), ("input", InputTokens), ("output", OutputTokens), ("cost", (double)Cost),
        ("currency", Currency));
}
