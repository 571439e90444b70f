using System.CommandLine;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>
/// <c>--image</c>, <c>--audio</c> and <c>--file</c>: adds to a list of the contract, or of its last message.
/// </summary>
sealed class AttachOption
{
    readonly string list;
    readonly bool isInMessage;
    readonly Func<string, JsonObject> make;

    AttachOption(string name, string list, bool isInMessage, Func<string, JsonObject> make)
    {
        (this.list, this.isInMessage, this.make) = (list, isInMessage, make);
        Option = new(name)
        {
            HelpName = "FILE",
            Description =
                "A file, an https address, or the id of a payload: goes into "
                    + $"{(isInMessage ? "the last message's " : "")}{list}. May be given several times.",
        };
    }

    public Option<string[]> Option { get; }

    /// <summary>The member of the request that gets the value; null if it belongs to the last message.</summary>
    public string? List => isInMessage ? null : list;

    public static IReadOnlyList<AttachOption> For(Operation operation)
    {
        if (operation.Request == typeof(MessageModel))
            return [new("--image", "images", true, Plain), new("--file", "files", true, Named),
                new("--audio", "audio", true, Sound)];
        var lists = operation.Json.Properties.ToDictionary(member => member.Name, member => member.PropertyType);
        return
        [
            .. lists.TryGetValue("images", out var images)
            ? [new AttachOption("--image", "images", false,
                images == typeof(IReadOnlyList<SourceImage>) ? Named : Plain)]
            : Array.Empty<AttachOption>(),
            .. lists.TryGetValue("files", out var files) && files == typeof(IReadOnlyList<FileInput>)
            ? [new AttachOption("--file", "files", false, Named)]
            : Array.Empty<AttachOption>(),
        ];
    }

    public void Apply(ParseResult parsed, JsonObject json)
    {
        if (parsed.GetValue(Option) is not { Length: > 0 } given)
            return;
        var owner = isInMessage ? LastMessage(json) : json;
        if (owner[list] is not JsonArray files)
            owner[list] = files = [];
        foreach (var one in given)
            files.Add(make(one));
    }

    static JsonObject LastMessage(JsonObject json)
    {
        if (json["messages"] is not JsonArray { Count: > 0 } messages)
            json["messages"] = messages = [new JsonObject()];
        return messages[^1] as JsonObject
            ?? throw new SettingsException(
                ["The last of messages is not an object, so nothing can be attached to it."]);
    }

    static JsonObject Plain(string given) => Attachment.Of(given, takesFileName: false);

    static JsonObject Named(string given) => Attachment.Of(given, takesFileName: true);

    static JsonObject Sound(string given)
    {
        if (given.Contains("://", StringComparison.Ordinal))
            throw new SettingsException(
                [$"--audio is {given}: models accept files and payloads, but no addresses of sound."]);
        var sound = Plain(given);
        if (sound.ContainsKey("base64"))
            sound["format"] = Path.GetExtension(given).TrimStart('.').ToLowerInvariant() is { Length: > 0 } ending
                ? ending
                : null;
        return sound;
    }
}
