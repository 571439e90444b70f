using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Cli.Schemas;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>A request from the command line: members as options, over a body from a file.</summary>
sealed class JobArguments(Operation operation)
{
    readonly Argument<string?> prompt = new("PROMPT") { Description = "The text that it is all about.", Arity = ArgumentArity.ZeroOrOne };
    readonly Option<string?> body = new("--body") { Description = "A file with the request's JSON; - is standard input. Options go over it." };
    readonly IReadOnlyList<(JsonPropertyInfo Member, Option<string?> Option)> members = [.. operation.Json.Properties.Select(member => (member, OptionOf(member)))];

    public Command AddTo(Command command)
    {
        if (operation.Json.Properties.Any(member => member.Name is "messages" or "text"))
            command.Add(prompt);
        command.Add(body);
        foreach (var (_, option) in members)
            command.Add(option);
        return command;
    }

    public JobRequest Read(ParseResult parsed)
    {
        var json = parsed.GetValue(body) is { } file ? Body(file) : [];
        foreach (var (member, option) in members)
            if (parsed.GetValue(option) is { } value)
                json[member.Name] = IsText(member.PropertyType) ? JsonValue.Create(value) : Json(option.Name, value);
        if (operation.Json.Properties.Any(member => member.Name is "messages" or "text") && parsed.GetValue(prompt) is { } text)
            Say(json, text);
        var request = RequestReading.Read(operation, JsonSerializer.SerializeToElement(json));
        return request with { JobId = request.JobId is { Length: > 0 } own ? own : Guid.NewGuid().ToString() };
    }

    // A model is spoken to in messages.
    void Say(JsonObject json, string text)
    {
        if (operation.Json.Properties.Any(member => member.Name == "messages"))
            json["messages"] = new JsonArray([.. json["messages"]?.AsArray().Select(message => message!.DeepClone()) ?? [], new JsonObject { ["text"] = text }]);
        else
            json["text"] = text;
    }

    static Option<string?> OptionOf(JsonPropertyInfo member) => new($"--{JsonNamingPolicy.KebabCaseLower.ConvertName(member.Name)}")
    {
        Description = $"{Documentation.Of(MessageSchema.MemberOf(member))}{(IsText(member.PropertyType) ? "" : " (JSON)")}",
    };

    static bool IsText(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(string) || plain == typeof(TimeSpan) || plain == typeof(DateTimeOffset) || plain.IsEnum);

    static JsonObject Body(string file)
    {
        if (file != "-" && !File.Exists(file))
            throw new SettingsException([$"There is no file {file}."]);
        return Json("--body", file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file)) as JsonObject
            ?? throw new SettingsException([$"{file} is no JSON object."]);
    }

    static JsonNode? Json(string option, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException broken)
        {
            throw new SettingsException([$"{option} is no JSON: {broken.Message}"]);
        }
    }
}
