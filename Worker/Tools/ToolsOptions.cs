using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Tools;

/// <summary>The section <c>Tools</c>: who answers when a model calls a function.</summary>
sealed record ToolsOptions
{
    /// <summary>How long a function may take to answer. Its own time overrides it.</summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most rounds of functions in one job, whatever the job says.</summary>
    [Allowed(1, 10_000)]
    public int MaxRounds { get; init; } = 100;

    /// <summary>
    /// The prefix of the queues that a message may name for its functions. The worker sends nothing to other queues
    /// that a message names.
    /// </summary>
    public string QueuePrefix { get; init; } = "tools.";

    /// <summary>Whether functions in these settings may be programs on this machine.</summary>
    public bool AllowCommands { get; init; }

    /// <summary>Whether functions in these settings may be HTTP endpoints.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Functions by name. A job that names one need not describe it.</summary>
    public IReadOnlyDictionary<string, ToolOptions> Functions { get; init; } = new Dictionary<string, ToolOptions>();

    /// <summary>MCP servers (Model Context Protocol) by name.</summary>
    public IReadOnlyDictionary<string, ServerOptions> Servers { get; init; } = new Dictionary<string, ServerOptions>();
}

/// <summary>
/// The sections <c>Tools:Functions:NAME</c>. At most one of <see cref="Queue"/>, <see cref="Command"/> and
/// <see cref="Url"/>; without one, its calls are returned to the caller.
/// </summary>
sealed record ToolOptions
{
    /// <summary>Its purpose, described for the model.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON Schema of its arguments, as JSON text. Empty: it takes none.</summary>
    public string? Parameters { get; init; }

    /// <summary>How long it may take to answer. Empty: <c>Tools:Timeout</c>.</summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>The queue of its handler, with any name.</summary>
    public string? Queue { get; init; }

    /// <summary>
    /// A program: it gets the arguments as JSON on its standard input, and answers on its standard output.
    /// </summary>
    public string? Command { get; init; }

    /// <summary>The program's own arguments, as on a command line. They may contain a key.</summary>
    [Secret]
    public string? Arguments { get; init; }

    /// <summary>
    /// An address: the arguments are posted there as JSON, and the answer's body is the function's answer.
    /// </summary>
    [SecretPath]
    public Uri? Url { get; init; }

    /// <summary>The header <c>Authorization</c> of this request.</summary>
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

    /// <summary>One of the API's connectors, such as <c>connector_gmail</c>, instead of an address.</summary>
    public string? ConnectorId { get; init; }

    /// <summary>The token that the provider sends to the server.</summary>
    [Secret]
    public string? Authorization { get; init; }
}

[OptionsValidator]
sealed partial class ToolsOptionsValidator : IValidateOptions<ToolsOptions>;
