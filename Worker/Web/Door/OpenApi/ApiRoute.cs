using System.Text.Json.Nodes;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>An address of the HTTP API, as OpenAPI describes it.</summary>
/// <param name="Method">Such as <c>get</c>.</param>
/// <param name="Path">Such as <c>/jobs/{id}</c>.</param>
/// <param name="Name">The name for generators.</param>
/// <param name="Role">The role that it needs.</param>
/// <param name="Summary">What it does.</param>
sealed record ApiRoute(string Method, string Path, string Name, string Role, string Summary)
{
    /// <summary>The names of its parameters, except those in the path.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The request's body.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>The answers on success.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>The statuses of its problems, in addition to those of every route.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];
}

/// <summary>A body.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Description">A description.</param>
sealed record ApiBody(string Type, JsonObject Schema, string? Description = null);

/// <summary>An answer.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Description">A description.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">Names of described headers.</param>
sealed record ApiAnswer(int Status, string Description, ApiBody? Body, params IReadOnlyList<string> Headers);
