using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door;

/// <summary>Reads the parameters of a request's address.</summary>
static class Asked
{
    /// <summary>
    /// The id in the path, as its sender chose it. The server does not decode a slash in it, but decodes a percent
    /// sign: so the id is read from the raw path.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="behind">The number of path segments after it.</param>
    public static string Id(HttpRequest request, int behind = 0)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var parts = target.Split('?')[0].TrimEnd('/').Split('/');
        return Uri.UnescapeDataString(parts[^(1 + behind)]);
    }

    /// <summary>The requested tenant. A token of one tenant allows no other. Null: all.</summary>
    /// <exception cref="WebProblemException">The token belongs to another tenant.</exception>
    public static string? Tenant(HttpContext context)
    {
        var (own, asked) = (Visitor.Of(context).Tenant, One(context.Request, "tenant"));
        if (own is null)
            return asked;
        return asked is null || asked == own ? own : throw new WebProblem(StatusCodes.Status403Forbidden, "forbidden",
            $"tenant differs from the token's, which is '{own}'. Leave it out.")
        { Member = "tenant" }.Thrown();
    }

    /// <summary>A parameter that occurs at most once.</summary>
    /// <exception cref="WebProblemException">The parameter occurs more than once.</exception>
    public static string? One(HttpRequest request, string name) => request.Query[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } and [{ Length: > 0 } only] => only.Contains('\0')
            ? throw Wrong(name, $"{name} has the character NUL (%00). Leave it out.")
            : only,
        { Count: 1 } => null,
        var several => throw Wrong(name, $"{name} occurs {several.Count} times. Give it once."),
    };

    public static int Number(HttpRequest request, string name, int usual, int most) =>
        One(request, name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            && number <= most
            ? number
            : throw Wrong(name, $"{name} is '{Excerpt.Marked(text, Shown)}'; allowed: 1 to {most}.");

    /// <summary>
    /// Refuses unknown parameters. Otherwise a misspelt filter would be ignored, and everything would be shown.
    /// </summary>
    /// <exception cref="WebProblemException">A parameter is unknown.</exception>
    public static void Only(HttpRequest request, params IReadOnlyList<string> known)
    {
        foreach (var (name, _) in request.Query)
            if (!known.Contains(name))
                throw Wrong(Excerpt.Of(name, Shown),
                    $"There is no parameter '{Excerpt.Marked(name, Shown)}' here. There are "
                        + $"{string.Join(", ", known)}.");
    }

    public static WebProblemException Wrong(string member, string says) =>
        new WebProblem(StatusCodes.Status400BadRequest, FailureCodes.InvalidRequest, says) { Member = member }.Thrown();

    const int Shown = 60;
}
