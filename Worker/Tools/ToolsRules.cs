using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Tools;

/// <summary>Rules for functions beyond ranges.</summary>
sealed class ToolsRules(ToolQueues queues) : IValidateOptions<ToolsOptions>
{
    public ValidateOptionsResult Validate(string? name, ToolsOptions options)
    {
        var broken = options.Functions.SelectMany(function =>
            Broken(options, $"Tools:Functions:{function.Key}", function.Key, function.Value))
            .Concat(options.Servers.SelectMany(server => Broken($"Tools:Servers:{server.Key}", server.Value))).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    IEnumerable<string> Broken(ToolsOptions options, string here, string name, ToolOptions function)
    {
        if (!FunctionName.Fits(name))
            yield return $"{here} is not a function's name; allowed: 1 to 64 of a-z A-Z 0-9 _ -.";
        if (new object?[] { function.Queue, function.Command, function.Url }.Count(way => way is not null) > 1)
            yield return $"{here} has more than one of Queue, Command and Url. Keep one of them.";
        if (function.Parameters is { } schema && !IsObject(schema))
            yield return $"{here}:Parameters is not a JSON object. Give a JSON Schema, such as "
                + $"{{\"type\":\"object\",\"properties\":{{}}}}.";
        if (function.Queue is not null && !queues.AreThere)
            yield return $"{here}:Queue is {function.Queue}, but there is no broker. Set Broker:Uri, or give the "
                + "function a Command or a Url.";
        if (function.Command is not null && !options.AllowCommands)
            yield return $"{here}:Command is {function.Command}, but Tools:AllowCommands is false. Set it to true if "
                + "jobs may run that program.";
        if (function.Url is not null && !options.AllowHttp)
            yield return $"{here}:Url is {PlainAddress.Of(function.Url, hidesPath: true)}, but Tools:AllowHttp is "
                + "false. Set it to true if jobs may call that address.";
        if (WrongAddress($"{here}:Url", function.Url) is { } wrong)
            yield return wrong;
        if ((function.Command ?? function.Url?.ToString()) is not null && function.Timeout > CommonCheck.LongestTimeout)
            yield return $"{here}:Timeout is {function.Timeout}; allowed: up to {CommonCheck.LongestTimeout} for "
                + "a Command or a Url.";
    }

    static IEnumerable<string> Broken(string here, ServerOptions server)
    {
        if (server.Url is null == server.ConnectorId is null)
            yield return $"{here} has {(server.Url is null ? "neither" : "both")} of Url and ConnectorId. Give "
                + "exactly one.";
        if (WrongAddress($"{here}:Url", server.Url) is { } wrong)
            yield return wrong;
    }

    // A relative address has no scheme, and .NET reads a path such as //host/share as a file.
    static string? WrongAddress(string here, Uri? url) =>
        url is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? null
        : $"{here} is {PlainAddress.Of(url, hidesPath: true)}; allowed: addresses with http and https.";

    static bool IsObject(string json)
    {
        try
        {
            return JsonElement.Parse(json).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
