using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web.Window.Parts;

/// <summary>The question before an action.</summary>
/// <param name="Title">The question.</param>
/// <param name="Button">The button's text.</param>
/// <param name="Address">The address of the action.</param>
/// <param name="Back">The address for those who cancel.</param>
sealed record Confirmation(string Title, string Button, string Address, string Back)
{
    /// <summary>What will happen, and to how many jobs.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    /// <summary>The values that the action needs.</summary>
    public IReadOnlyList<(string Name, string? Value)> Fields { get; init; } = [];

    public bool IsDangerous { get; init; }
}

/// <summary>Reads forms, and reports actions that are done.</summary>
static class Deeds
{
    const string Done = "done";

    static readonly Dictionary<string, string> Said = new()
    {
        ["cancelled"] = "The workers were told to cancel it. Ended jobs do not change.",
        ["again"] = "It was sent again, with its id and all its attempts.",
        ["sent"] = "It was sent. All of it appears here as soon as a worker receives it.",
        ["paused"] = "The workers were told to pause the credential: within seconds none of them uses it.",
        ["resumed"] = "The workers were told to resume the credential.",
        ["limit"] = "The workers were told to apply the limit.",
        ["no-limit"] = "The workers were told to remove the limit.",
        ["begun"] = "It has begun; its progress is shown below.",
    };

    /// <summary>
    /// The sentence for the action that the address names; null: none. The text never comes from the address.
    /// </summary>
    public static string? Of(HttpRequest request) => Said.GetValueOrDefault(request.Query[Done].ToString());

    /// <summary>Redirects to a page that reports the action as done.</summary>
    public static IResult Then(string address, string done) =>
        Results.LocalRedirect($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Done}={done}");

    /// <exception cref="WebProblemException">The request is not a form.</exception>
    public static async Task<IFormCollection> Form(HttpContext context) => context.Request.HasFormContentType
        ? await context.Request.ReadFormAsync(context.RequestAborted)
        : throw new WebProblem(StatusCodes.Status415UnsupportedMediaType, "invalid_request",
            "This address accepts only the form of its page.").Thrown();

    /// <summary>A text of a form; null if it is empty.</summary>
    public static string? Text(this IFormCollection form, string name) => Plain(form[name].ToString());

    /// <inheritdoc cref="Text(IFormCollection,string)"/>
    public static string? Text(this IQueryCollection query, string name) => Plain(query[name].ToString());

    // Databases do not accept NUL.
    static string? Plain(string text) => text.Trim().Replace('\0', '\uFFFD') is { Length: > 0 } plain ? plain : null;
}
