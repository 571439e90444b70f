using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tools;

/// <summary>The section <c>Tools</c>: who answers when a model asks for a function.</summary>
sealed record ToolsOptions
{
    /// <summary>How long a function has for its answer. Its own time overrides it.</summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rounds of functions in one job, whatever the job says.</summary>
    [Allowed(1, 10_000)]
    public int MaxRounds { get; init; } = 100;

    /// <summary>
    /// How the queues begin that a message may name for its functions. The worker sends nothing to any other that a
    /// message names.
    /// </summary>
    public string QueuePrefix { get; init; } = "tools.";

    /// <summary>Whether functions of these settings may be programs on this machine.</summary>
    public bool AllowCommands { get; init; }

    /// <summary>Whether functions of these settings may be HTTP endpoints.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Functions by name. A job names one, and need not describe it.</summary>
    public IReadOnlyDictionary<string, ToolOptions> Functions { get; init; } = new Dictionary<string, ToolOptions>();

    /// <summary>Servers of the Model Context Protocol by name.</summary>
    public IReadOnlyDictionary<string, ServerOptions> Servers { get; init; } = new Dictionary<string, ServerOptions>();
}

/// <summary>
/// The sections <c>Tools:Functions:NAME</c>. At most one of <see cref="Queue"/>, <see cref="Command"/> and
/// <see cref="Url"/>; without one, its calls are returned to the caller.
/// </summary>
sealed record ToolOptions
{
    /// <summary>What it does, in words for the model.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON Schema of its arguments, as JSON text. Empty: it takes none.</summary>
    public string? Parameters { get; init; }

    /// <summary>How long it has for its answer. Empty: <c>Tools:Timeout</c>.</summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>The queue of its handler, any.</summary>
    public string? Queue { get; init; }

    /// <summary>
    /// A program: it gets the arguments as JSON on its standard input, and answers on its standard output.
    /// </summary>
    public string? Command { get; init; }

    /// <summary>The program's own arguments, as on a command line. They may hold a key.</summary>
    [Secret]
    public string? Arguments { get; init; }

    /// <summary>An address: the arguments are posted there as JSON, and the answer's body is the function's.</summary>
    [SecretPath]
    public Uri? Url { get; init; }

    /// <summary>The header <c>Authorization</c> of what is posted there.</summary>
    [Secret]
    public string? Authorization { get; init; }
}

/// <summary>
/// The sections <c>Tools:Servers:NAME</c>: a server's address and secret belong together, so that no message can send
/// the secret elsewhere.
/// </summary>
sealed record ServerOptions
{
    /// <summary>Its address.</summary>
    [SecretPath]
    public Uri? Url { get; init; }

    /// <summary>In the place of an address: one of the API's connectors, such as <c>connector_gmail</c>.</summary>
    public string? ConnectorId { get; init; }

    /// <summary>The token that the provider shows it.</summary>
    [Secret]
    public string? Authorization { get; init; }
}

[OptionsValidator]
sealed partial class ToolsOptionsValidator : IValidateOptions<ToolsOptions>;
