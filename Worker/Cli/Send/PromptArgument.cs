using System.CommandLine;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Send;

/// <summary>The main text of a job as an argument, for each operation that has one.</summary>
sealed class PromptArgument
{
    static readonly IReadOnlyList<string> Names = ["messages", "text", "prompt"];

    readonly string member;

    PromptArgument(string member) => this.member = member;

    /// <summary>The member that gets the text.</summary>
    public string Member => member;

    public Argument<string?> Argument { get; } =
        new(
            "PROMPT")
        {
            Description =
                "The main text; - is standard input. After -- it may begin with a dash.",
            Arity = ArgumentArity.ZeroOrOne
        };

    // Models take messages; the prompt of message-model is a stored one. A recording's prompt is only a hint: there the
    // argument would be mistaken for the file.
    public static PromptArgument? For(Operation operation) => Names
        .FirstOrDefault(name => operation.Json.Properties.Any(member => member.Name == name)) is { } member
        && !operation.Json.Properties.Any(other => other.Name == "audio")
        ? new(member)
        : null;

    public string? Text(ParseResult parsed) => parsed.GetValue(Argument);

    public void Say(JsonObject json, string text)
    {
        if (member != "messages")
            json[member] = text;
        else if (json[member] is JsonArray said)
            said.Add(new JsonObject { ["text"] = text });
        else
            json[member] = new JsonArray(new JsonObject { ["text"] = text });
    }
}
