using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>
/// The command line's values for lines that do not set them: <c>--operation</c>, <c>--model</c>, <c>--instructions</c>,
/// <c>--prompt</c>, <c>--set</c>.
/// </summary>
sealed record LineDefaults(
    string? Operation = null, string? Model = null, string? Instructions = null, string? Prompt = null)
{
    // The operation of a prompt, unless another one is named.
    const string Usual = "message-model";

    const string UrlMember = "url";

    public static readonly LineDefaults None = new();

    public IReadOnlyList<(string Member, string Value)> Sets { get; init; } = [];

    /// <summary>The operation of a line that names none.</summary>
    public string? OperationOf(JsonElement line) =>
        line.Text("operation") ?? Operation ?? (Prompt is null ? null : Usual);

    /// <summary>
    /// All values as bytes: a line that is read with other options is another line. Empty if there are none.
    /// </summary>
    public byte[] Fingerprint { get; private init; } = [];

    public static LineDefaults Of(string? operation, string? model, string? instructions, string? prompt,
        IReadOnlyList<string> sets)
    {
        var words = new[] { operation, model, instructions, prompt }.Concat(sets).ToList();
        return new(operation, model, instructions, prompt)
        {
            Sets = [.. sets.Select(Split)],
            Fingerprint = words.TrueForAll(word => word is null) ? [] : JsonSerializer.SerializeToUtf8Bytes(words),
        };
    }

    /// <summary>
    /// A line as a request, completed from the command line. Most files have complete lines, which need no parsing
    /// here.
    /// </summary>
    /// <exception cref="FailureException">A template names a column that does not exist.</exception>
    public JsonElement RequestOf(JsonElement line, Operation operation) =>
        Model is null && Instructions is null && Prompt is null && Sets.Count == 0
            ? Bare(line)
            : JsonSerializer.SerializeToElement(Over(line, operation));

    static JsonElement Bare(JsonElement line)
    {
        var scratch = JsonScratch.Take();
        try
        {
            scratch.Json.WriteStartObject();
            foreach (var member in line.EnumerateObject())
                if (!IsOfTheLine(member.Name, line))
                    member.WriteTo(scratch.Json);
            scratch.Json.WriteEndObject();
            return JsonElement.Parse(scratch.Written());
        }
        finally
        {
            scratch.GiveBack();
        }
    }

    /// <summary>
    /// A line's members, completed from the command line. Members that the operation does not have are columns if a
    /// prompt is filled from them.
    /// </summary>
    /// <exception cref="FailureException">A template names a column that does not exist.</exception>
    JsonObject Over(JsonElement line, Operation operation)
    {
        var known = operation.Json.Properties.Select(member => member.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var members = new JsonObject();
        foreach (var member in line.EnumerateObject()
            .Where(member => !IsOfTheLine(member.Name, line) && (Prompt is null || known.Contains(member.Name))))
            members[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        Fill(members, known, name => line.Member(name) is { } cell ? cell.ToString() : null,
            line.EnumerateObject().Select(member => member.Name));
        return Prompt is null ? members : WithModel(members, operation);
    }

    // Members that say how the line is run and answered, and are not part of the request.
    static bool IsOfTheLine(string member, JsonElement line) =>
        member == "operation" || member == "custom_id" && line.Member("jobId") is null;

    /// <summary>The <c>url</c> for lines of OpenAI's format without one.</summary>
    public string? Url => Sets.Where(set => set.Member == UrlMember).Select(set => set.Value).FirstOrDefault();

    /// <summary>
    /// The same for a row of a table: its cells are columns, and the job's id if a column is named so.
    /// </summary>
    /// <exception cref="FailureException">A template names a column that does not exist.</exception>
    public JsonObject Over(IReadOnlyDictionary<string, string> row, Operation operation)
    {
        var members = new JsonObject();
        if (TableJobs.IdOf(row) is { } id)
            members["jobId"] = id;
        Fill(members, operation.Json.Properties.Select(member => member.Name).ToHashSet(), row.GetValueOrDefault,
            row.Keys);
        return WithModel(members, operation);
    }

    // Reported once, because every line would fail because of it.
    static JsonObject WithModel(JsonObject members, Operation operation)
    {
        if (members["model"] is not null
            || MemberRules.Of(operation.Request).FirstOrDefault(member => member.Name == "model") is not { } model)
            return members;
        var others = (model.Needed?.Unless ?? []).Select(way => way.Split('.', '+')[0]);
        return (model.Needed is not null || model.IsAlways(operation.Request, isStrict: true))
            && !others.Any(members.ContainsKey)
            ? throw new FailureException(Failure.Invalid("--model",
                "--model is missing. It names the model of all lines that name none, such as --model gpt-5.4-mini."))
            : members;
    }

    /// <summary>
    /// The body of a line in OpenAI's format, unchanged except for members that it lacks and the command line names.
    /// </summary>
    /// <exception cref="SettingsException">An option does not apply to this format.</exception>
    public JsonElement OverBody(JsonElement body)
    {
        if (Prompt is not null || Instructions is not null || Operation is not null)
            throw new SettingsException(
                [
                    "--prompt, --instructions and --operation are for lines of this program's own kind and for "
                        + "tables; the input is an OpenAI Batch file, whose lines contain everything. "
                        + "Leave them out."]);
        var missing = Sets.Where(set => set.Member != UrlMember).Prepend(("model", Model!))
            .Where(pair => pair.Item2 is not null && body.Member(pair.Item1) is null).ToList();
        if (missing.Count == 0)
            return body;
        var whole = JsonObject.Create(body)!;
        foreach (var (member, value) in missing)
            whole[member] = member == "model" ? value : Value(value);
        return JsonSerializer.SerializeToElement(whole);
    }

    void Fill(JsonObject members, HashSet<string> known, Func<string, string?> cells, IEnumerable<string> columns)
    {
        string Filled(string option, string text) => new Template(option, text).Fill(cells, columns);

        if (Model is not null && known.Contains("model"))
            members.TryAdd("model", Filled("--model", Model));
        if (Instructions is not null && known.Contains("instructions"))
            members.TryAdd("instructions", Filled("--instructions", Instructions));
        foreach (var (member, value) in Sets)
            members.TryAdd(member, Value(Filled("--set", value)));
        if (Prompt is not null)
            Say(members, known, Filled("--prompt", Prompt));
    }

    // Models take messages; other operations take a text.
    static void Say(JsonObject members, HashSet<string> known, string text)
    {
        if (known.Contains("messages"))
            members.TryAdd("messages", new JsonArray(new JsonObject { ["text"] = text }));
        else
            members.TryAdd(known.Contains("prompt") ? "prompt" : "text", text);
    }

    // JSON if it is valid, else a text.
    static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    static (string, string) Split(string set) => set.Split('=', 2) is [{ Length: > 0 } member, var value]
        ? (member, value)
        : throw new SettingsException(
            [$"--set {set} has no value. Write --set NAME=VALUE, such as --set temperature=0."]);
}
