using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Web.Door;

/// <summary>The parts of a request beside its body.</summary>
static class RequestWords
{
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
    public static string? IdempotencyKey(HttpRequest request) =>
        request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
            ? key is ['"', .. var inside, '"'] ? inside : key
            : null;

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
