using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Tools;

/// <summary>Who answers a function: at most one of the three.</summary>
/// <param name="Timeout">Its time limit.</param>
/// <param name="Queue">Its handler's queue.</param>
/// <param name="Local">Its settings, if it is a program or an address.</param>
sealed record ToolHandler(TimeSpan Timeout, string? Queue, ToolOptions? Local);

/// <summary>The functions of messages, together with those of the settings.</summary>
sealed class Toolbox(IOptions<ToolsOptions> options, ToolQueues queues)
{
    const int UsualRounds = 15;
    const int LongestQueue = 255;
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// The handler of a function that the model called; null if the caller answers. A function that the job does not
    /// offer is never run, even if the provider asks for it.
    /// </summary>
    public ToolHandler? HandlerOf(MessageModel request, string name)
    {
        if (!OfferedTools.Of(request).Contains(name))
            return null;
        var given = request.Tools?.Select(tool => tool?.Function).FirstOrDefault(function => function?.Name == name);
        var known = options.Value.Functions.GetValueOrDefault(name);
        var timeout = given?.Timeout ?? known?.Timeout ?? options.Value.Timeout;
        if ((given?.Queue ?? known?.Queue) is { } queue)
            return new(timeout, queue, null);
        return known is { Command: not null } or { Url: not null } ? new(timeout, null, known) : null;
    }

    /// <summary>
    /// Whether the worker answers all of the calls, so that the caller never has to answer only a part.
    /// </summary>
    public bool Answers(MessageModel request, int rounds, IReadOnlyCollection<ToolCall> calls) =>
        calls.Count > 0 && request.Completions is null or 1 && !SaysItAllItself(request) && rounds < MostRounds(request)
            && calls.All(call => HandlerOf(request, call.Name) is not null);

    /// <summary>Whether the worker may have to answer.</summary>
    public bool AnswersSome(MessageModel request) => request.Tools is not null && !SaysItAllItself(request)
        && OfferedTools.Of(request).Any(name => HandlerOf(request, name) is not null);

    /// <summary>The request, completed from the settings of its functions and servers.</summary>
    public MessageModel Completed(MessageModel request) =>
        request.Tools is null ? request : request with { Tools = [.. request.Tools.Select(Completed)] };

    /// <summary>The rules of tools that depend on the settings.</summary>
    public void Check(MessageModel request)
    {
        foreach (var (index, tool) in (request.Tools ?? []).Index())
        {
            if (tool?.Function is { } function)
                Check($"tools[{index}].function", function);
            if (tool?.Mcp?.Server is { } server)
                Never($"tools[{index}].mcp.server", !options.Value.Servers.ContainsKey(server),
                    $"is {ShownValue.Of(server)}; known in Tools:Servers: "
                        + $"{string.Join(", ", options.Value.Servers.Keys.Order())}.");
        }
    }

    void Check(string here, FunctionTool function)
    {
        Never($"{here}.timeout", function.Timeout < Shortest || function.Timeout > Longest,
            $"is {function.Timeout}; allowed: {Shortest} to {Longest}.");
        if (function.Queue is not { } queue)
            return;
        Never($"{here}.queue", !queues.AreThere,
            $"is {ShownValue.Of(queue)}, but this worker has no broker. Leave it out.");
        Never($"{here}.queue", queue.Length > LongestQueue
            || !queue.StartsWith(options.Value.QueuePrefix, StringComparison.Ordinal),
            $"is {ShownValue.Of(queue)}; allowed: names of up to {LongestQueue} characters that begin with "
                + $"'{options.Value.QueuePrefix}' (Tools:QueuePrefix).");
    }

    // Its own members would replace the answers of the functions.
    static bool SaysItAllItself(MessageModel request) => request.HasExtra("input") || request.HasExtra("messages");

    int MostRounds(MessageModel request) => request.MaxToolRounds switch
    {
        null => Math.Min(UsualRounds, options.Value.MaxRounds),
        0 => options.Value.MaxRounds,
        { } most => Math.Min(most, options.Value.MaxRounds),
    };

    ModelTool Completed(ModelTool tool) => tool switch
    {
        { Function: { } function } when options.Value.Functions.GetValueOrDefault(function.Name) is { } known =>
            tool with
            {
                Function = function with
                {
                    Description = function.Description ?? known.Description,
                    Parameters = function.Parameters ?? SchemaOf(known)
                }
            },
        { Mcp: { } mcp } =>
            new() { Other = McpBody.Of(mcp, mcp.Server is { } server ? options.Value.Servers[server] : null) },
        _ => tool,
    };

    static JsonElement? SchemaOf(ToolOptions known) =>
        known.Parameters is { } schema ? JsonElement.Parse(schema) : null;
}
