using Microsoft.AspNetCore.Http;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Web.Window.Jobs;

namespace OpenAIWorker.Web.Window.Spend;

/// <summary>The period of the spend, and its grouping.</summary>
sealed record SpendQuery(string By, string Since)
{
    public const string Day = "day";
    public const string Tenant = "tenant";
    public const string Credential = "credential";

    public static readonly IReadOnlyList<string> All = ["model", Tenant, "operation", Credential, Day];

    public static readonly IReadOnlyList<(string Value, string Says, int Days)> Spans =
        [("today", "today", 0), ("7d", "7 days", 6), ("30d", "30 days", 29)];

    public string Says => Spans.First(span => span.Value == Since) is { Days: > 0 } span
        ? $"{span.Says}, today included"
        : "the day, UTC";

    public string Address => $"{Places.Spend.Address}?by={By}&since={Since}";

    public SpendBy Sum => By switch
    {
        Tenant => SpendBy.Tenant,
        "operation" => SpendBy.Operation,
        Credential => SpendBy.Credential,
        _ => SpendBy.Model,
    };

    /// <summary>Unknown values are ignored.</summary>
    public static SpendQuery Of(HttpRequest request, bool seesAll)
    {
        var (by, since) = (request.Query["by"].ToString(), request.Query["since"].ToString());
        return new(All.Contains(by) && (seesAll || by is not (Tenant or Credential)) ? by : All[0],
            Spans.Any(span => span.Value == since) ? since : Spans[1].Value);
    }

    /// <summary>The start of the period: midnight, UTC.</summary>
    public DateTimeOffset Begin(DateTimeOffset now) =>
        new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-Spans.First(span => span.Value == Since).Days);

    /// <summary>The query for a row's jobs.</summary>
    public JobQuery Jobs(string name) => By switch
    {
        Tenant => new() { Tenant = name },
        "operation" => new() { Operation = name },
        Credential => new() { Credential = name },
        _ => new() { Model = name },
    };
}

/// <summary>A day's spend.</summary>
sealed record SpendDay(string Day, long Jobs, long Failed, long InputTokens, long OutputTokens, double Cost)
{
    /// <summary>Sums the hours of each day.</summary>
    public static IReadOnlyList<SpendDay> Of(IEnumerable<SpendSum> hours) =>
    [
        .. hours.GroupBy(hour => hour.Name[..10]).OrderBy(day => day.Key, StringComparer.Ordinal)
            .Select(day => new SpendDay(day.Key, day.Sum(hour => hour.Jobs), day.Sum(hour => hour.Failed),
                day.Sum(hour => hour.InputTokens), day.Sum(hour => hour.OutputTokens), day.Sum(hour => hour.Cost))),
    ];
}
