using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Web.Door;

/// <summary>The parts of a request beside its body.</summary>
static class RequestWords
{
    const string KeyHeader = "Idempotency-Key";
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The operation in the address.</summary>
    /// <exception cref="WebProblemException">The operation does not exist.</exception>
    public static Operation OperationOf(HttpContext context)
    {
        var name = (string)context.GetRouteValue("operation")!;
        return OperationCatalog.Named(name) ?? throw new WebProblem(StatusCodes.Status404NotFound, "unknown_operation",
            $"There is no operation with this name. There are "
                + $"{string.Join(", ", OperationCatalog.All.Select(operation => operation.Name))}.").Thrown();
    }

    /// <summary>The name that a sender gives a job in a header, with or without quotation marks.</summary>
    /// <exception cref="WebProblemException">
    /// It is empty, as from a variable that was not set: each attempt would be a new job.
    /// </exception>
    public static string? IdempotencyKey(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var given))
            return null;
        var key = given.ToString() is ['"', .. var inside, '"'] ? inside : given.ToString();
        return !string.IsNullOrWhiteSpace(key) ? key : throw new WebProblem(StatusCodes.Status400BadRequest,
            "invalid_request", $"{KeyHeader} is empty. Give the job's id, or leave the header out.")
        { Member = KeyHeader }.Thrown();
    }

    /// <summary>How long to wait for the ending, by <c>Prefer: wait=SECONDS</c> (RFC 7240). Null: not at all.</summary>
    public static TimeSpan? Wait(HttpContext context)
    {
        foreach (var preference in context.Request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(',', ';')))
            if (preference.Split('=', 2) is [var name, var value]
                && name.Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var seconds) && seconds > 0)
            {
                var time = TimeSpan.FromSeconds(seconds);
                return time < LongestWait ? time : LongestWait;
            }
        return null;
    }
}
