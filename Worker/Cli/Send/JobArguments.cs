using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>A request from the command line: options set members and override a body from a file.</summary>
sealed class JobArguments(Operation operation)
{
    readonly PromptArgument? prompt = PromptArgument.For(operation);
    readonly Option<string?> body = new("--body")
    {
        HelpName = "FILE",
        Description = "A file with the request's JSON; - is standard input. Options override it."
    };
    readonly IReadOnlyList<MemberOption> members =
        [.. operation.Json.Properties.Select(member =>
            new MemberOption(member, operation.Request, [.. Givers(operation, member.Name)]))];
    readonly IReadOnlyList<AttachOption> attachments = AttachOption.For(operation);

    public Command AddTo(Command command)
    {
        if (prompt is not null)
            command.Add(prompt.Argument);
        command.Add(body);
        foreach (var attachment in attachments)
            command.Add(attachment.Option);
        foreach (var member in members)
            command.Add(member.Option);
        HelpPage.Put("The request", attachments.Select(attachment => attachment.Option).Prepend<Option>(body));
        HelpPage.Put("The request", members.Where(member => !member.IsOfEveryJob).Select(member => member.Option));
        HelpPage.Put("Members of every job",
            members.Where(member => member.IsOfEveryJob).Select(member => member.Option));
        return command;
    }

    public JobRequest Read(ParseResult parsed)
    {
        var text = prompt?.Text(parsed);
        if (text == StandardInput.Name && parsed.GetValue(body) == StandardInput.Name)
            throw new SettingsException(
                ["Both --body and the prompt are -, but only one of them can be standard input."]);
        var json = parsed.GetValue(body) is { } file ? Body(file) : [];
        foreach (var member in members)
            member.Apply(parsed, json);
        if (text is not null)
            prompt!.Say(json, text == StandardInput.Name ? GivenText.Of(text) : text);
        foreach (var attachment in attachments)
            attachment.Apply(parsed, json);
        var request = RequestReading.Read(operation, JsonSerializer.SerializeToElement(json));
        return request with { JobId = request.JobId is { Length: > 0 } own ? own : Guid.NewGuid().ToString() };
    }

    // The options that set a member without its name.
    static IEnumerable<string> Givers(Operation operation, string member) =>
        (PromptArgument.For(operation) is { } prompt && prompt.Member == member
            ? [prompt.Argument.Name]
            : Array.Empty<string>())
        .Concat(AttachOption.For(operation).Where(attachment => attachment.List == member)
            .Select(attachment => attachment.Option.Name));

    static JsonObject Body(string file) =>
        OptionJson.Read("--body", GivenText.Of(file)) as JsonObject
        ?? throw new SettingsException([$"{file} is not a JSON object."]);
}
