using System.Text.Json.Nodes;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>An address of the front door, as OpenAPI describes it.</summary>
/// <param name="Method">Such as <c>get</c>.</param>
/// <param name="Path">Such as <c>/jobs/{id}</c>.</param>
/// <param name="Name">What a generator calls it.</param>
/// <param name="Role">The role that it needs.</param>
/// <param name="Summary">What it does.</param>
sealed record ApiRoute(string Method, string Path, string Name, string Role, string Summary)
{
    /// <summary>The names of its parameters, of which those in the path are not named again.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The body that it takes.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>What it answers where all goes well.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>The statuses of its problems, beside those that every route may have.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];
}

/// <summary>A body.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Schema">What it holds.</param>
/// <param name="Description">In words.</param>
sealed record ApiBody(string Type, JsonObject Schema, string? Description = null);

/// <summary>An answer.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Description">In words.</param>
/// <param name="Body">What it holds.</param>
/// <param name="Headers">Its headers, of those that are described.</param>
sealed record ApiAnswer(int Status, string Description, ApiBody? Body, params IReadOnlyList<string> Headers);
