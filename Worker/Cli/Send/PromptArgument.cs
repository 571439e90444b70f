using System.CommandLine;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Send;

/// <summary>The words that a job is all about, for each operation that has such.</summary>
sealed class PromptArgument
{
    static readonly IReadOnlyList<string> Names = ["messages", "text", "prompt"];

    readonly string member;

    PromptArgument(string member) => this.member = member;

    /// <summary>What the words are put into.</summary>
    public string Member => member;

    public Argument<string?> Argument { get; } =
        new(
            "PROMPT")
        {
            Description =
                "The text that it is all about; - is standard input. Behind -- it may begin with a dash.",
            Arity = ArgumentArity.ZeroOrOne
        };

    // A model is spoken to in messages, while its prompt is one that is stored. A recording's prompt only helps to
    // hear: there the word would be taken for the file.
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
