using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Functions;

/// <summary>
/// The tools that the model may or must use: <see cref="MessageModel.ToolChoice"/> and
/// <see cref="MessageModel.AllowedTools"/>.
/// </summary>
static class ToolChoices
{
    static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["webSearch"] = "web_search",
        ["fileSearch"] = "file_search",
        ["codeInterpreter"] = "code_interpreter",
        ["imageGeneration"] = "image_generation",
    };

    public static bool IsMode(string? choice) => choice is "auto" or "none" or "required";

    /// <summary>The choice, if it is a single word.</summary>
    public static string? Mode(MessageModel request) =>
        request.AllowedTools is null && IsMode(request.ToolChoice) ? request.ToolChoice : null;

    /// <summary>The names that a choice may use: the request's own tools.</summary>
    public static IEnumerable<string> Names(MessageModel request) =>
        (request.Tools ?? []).Select(NameOf).OfType<string>();

    public static JsonBody? ForResponses(MessageModel request)
    {
        if (request.AllowedTools is { } allowed)
            return Allowed(request, request.ToolChoice, allowed);
        return request.ToolChoice is { } name && !IsMode(name) ? Single(request, name) : null;
    }

    public static JsonBody? ForChat(MessageModel request)
    {
        if (request.AllowedTools is { } allowed)
            return new() { { "type", "allowed_tools" },
                { "allowed_tools", new JsonBody { { "mode", ModeOf(request.ToolChoice) },
                    { "tools", allowed.Select(Function) } } } };
        return request.ToolChoice is { } name && !IsMode(name) ? Function(name) : null;
    }

    // The API cannot force web_search by its type; a list of allowed tools with only this one means the same.
    static JsonBody Single(MessageModel request, string name) =>
        IsOf(request, name, tool => tool.WebSearch) ? Allowed(request, "required", [name]) : Named(request, name);

    static JsonBody Allowed(MessageModel request, string? mode, IEnumerable<string> names) => new()
    {
        { "type", "allowed_tools" },
        { "mode", ModeOf(mode) },
        { "tools", names.Select(name => Named(request, name)) },
    };

    static JsonBody Named(MessageModel request, string name) =>
        request.Tools?.FirstOrDefault(tool => NameOf(tool) == name) switch
        {
            { Function: null, Other: not null } or { Mcp: not null } =>
                new() { { "type", "mcp" }, { "server_label", name } },
            { Function: null } => new() { { "type", BuiltIn[name] } },
            _ => new() { { "type", "function" }, { "name", name } },
        };

    static JsonBody Function(string name) =>
        new() { { "type", "function" }, { "function", new JsonBody { { "name", name } } } };

    static string ModeOf(string? mode) => mode is "required" ? mode : "auto";

    static bool IsOf(MessageModel request, string name, Func<ModelTool, object?> kind) =>
        request.Tools?.Any(tool => tool.Function is null && NameOf(tool) == name && kind(tool) is not null) == true;

    // An MCP server with its secret has become another kind of tool.
    static string? NameOf(ModelTool? tool) => tool switch
    {
        null => null,
        { Function: { } function } => function.Name,
        { Mcp: { } mcp } => mcp.Label,
        { WebSearch: not null } => "webSearch",
        { FileSearch: not null } => "fileSearch",
        { CodeInterpreter: not null } => "codeInterpreter",
        { ImageGeneration: not null } => "imageGeneration",
        { Other: { } other } => other.Text("type") is "mcp" ? other.Text("server_label") : null,
        _ => null,
    };
}
