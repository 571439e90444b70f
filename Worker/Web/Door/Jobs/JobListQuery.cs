using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>Selects the jobs of a list, by the parameters of its address.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Limit">The number of jobs per page.</param>
sealed record JobListQuery(JobFilter Filter, int Limit)
{
    const int Usual = 50, Most = 1000, Shown = 60;

    /// <summary>The parameters.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["state", "operation", "model", "tenant", "code", "since", "text", "group", "after", "limit"];

    public static JobListQuery Of(HttpContext context)
    {
        var request = context.Request;
        Asked.Only(request, Names);
        return new(new()
        {
            State = Among(request, "state", JobStates.All),
            Operation = Among(request, "operation", [.. OperationCatalog.All.Select(operation => operation.Name)]),
            Model = Asked.One(request, "model"),
            Tenant = Asked.Tenant(context),
            Code = Asked.One(request, "code"),
            Since = Since(request),
            Text = Asked.One(request, "text"),
            Group = Asked.One(request, "group"),
            After = Asked.One(request, "after") is { } cursor ? Mark(cursor) : null,
        }, Asked.Number(request, "limit", Usual, Most));
    }

    /// <summary>The position where the next page begins.</summary>
    public static string Cursor(JobRecord last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{last.ReceivedAt.ToUnixTimeMilliseconds()} {last.Key.Id}")));

    static JobMark Mark(string cursor)
    {
        var bytes = new byte[cursor.Length];
        if (!Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split(' ', 2) is not [var time, var id]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || at > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            throw Asked.Wrong("after", "after is not a position that was sent here: use next of the previous page.");
        return new(DateTimeOffset.FromUnixTimeMilliseconds(at), id);
    }

    static string? Among(HttpRequest request, string name, IReadOnlyList<string> allowed) =>
        Asked.One(request, name) is not { } value || allowed.Contains(value)
            ? Asked.One(request, name)
            : throw Asked.Wrong(name,
                $"{name} is '{Excerpt.Marked(value, Shown)}'; allowed: {string.Join(", ", allowed)}.");

    // The plus sign of a time zone becomes a blank in an address.
    static DateTimeOffset? Since(HttpRequest request) => Asked.One(request, "since") is not { } text ? null
        : text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text.Replace(' ', '+'),
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? since
            : throw Asked.Wrong("since",
                $"since is '{Excerpt.Marked(text, Shown)}'; expected: a time such as 2027-01-31T12:00:00Z.");
}
