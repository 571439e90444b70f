using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>Selects the jobs on a page, by the parameters of its address.</summary>
sealed record JobQuery
{
    /// <summary>The available time spans.</summary>
    public static readonly IReadOnlyList<(string Value, string Says, TimeSpan Time)> Spans =
    [
        ("1h", "the last hour", TimeSpan.FromHours(1)), ("24h", "the last 24 hours", TimeSpan.FromDays(1)),
        ("7d", "the last 7 days", TimeSpan.FromDays(7)), ("90d", "the last 90 days", TimeSpan.FromDays(90)),
    ];

    /// <summary>A part of the id.</summary>
    public string? Text { get; init; }

    public string? State { get; init; }

    public string? Operation { get; init; }

    public string? Model { get; init; }

    public string? Tenant { get; init; }

    public string? Credential { get; init; }

    public string? Group { get; init; }

    public string? Code { get; init; }

    /// <summary>One of <see cref="Spans"/>.</summary>
    public string? Since { get; init; }

    /// <summary>Where the previous page ended: milliseconds, a dot, an id.</summary>
    public string? After { get; init; }

    public bool IsEmpty => this with { After = null } == new JobQuery();

    /// <summary>The address of this page.</summary>
    public string Address => QueryHelpers.AddQueryString(Places.Jobs.Address, new Dictionary<string, string?>
    {
        ["text"] = Text,
        ["state"] = State,
        ["operation"] = Operation,
        ["model"] = Model,
        ["tenant"] = Tenant,
        ["credential"] = Credential,
        ["group"] = Group,
        ["code"] = Code,
        ["since"] = Since,
        ["after"] = After,
    }.Where(given => given.Value is { Length: > 0 }));

    public static JobQuery Of(IQueryCollection query)
    {
        return new()
        {
            Text = Given("text"),
            State = Given("state"),
            Operation = Given("operation"),
            Model = Given("model"),
            Tenant = Given("tenant"),
            Credential = Given("credential"),
            Group = Given("group"),
            Code = Given("code"),
            Since = Given("since"),
            After = Given("after"),
        };

        // Databases do not accept NUL.
        string? Given(string name) => query[name].ToString().Trim().Replace('\0', '\uFFFD') is { Length: > 0 } value
            ? value
            : null;
    }

    /// <summary>The same as a filter of records.</summary>
    /// <param name="only">The only tenant whose jobs are shown; null: all.</param>
    /// <param name="now">The time.</param>
    public JobFilter Filter(string? only, DateTimeOffset now) => new()
    {
        Text = Text,
        State = State,
        Operation = Operation,
        Model = Model,
        Tenant = only ?? Tenant,
        Credential = Credential,
        Group = Group,
        Code = Code,
        Since = Spans.Where(span => span.Value == Since).Select(span => now - span.Time)
            .Cast<DateTimeOffset?>().FirstOrDefault(),
        After = Mark(After),
    };

    /// <summary>The page after a job.</summary>
    public JobQuery Behind(JobRecord last) =>
        this with { After = $"{last.ReceivedAt.ToUnixTimeMilliseconds()}.{last.Key.Id}" };

    static JobMark? Mark(string? after) => after?.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && long.TryParse(after.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new JobMark(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), after[(dot + 1)..])
            : null;
}
