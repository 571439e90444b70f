using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Cli.Schemas;

/// <summary>
/// Puts values of every kind into every member of every request, and compares the verdicts of the schema and the
/// worker.
/// </summary>
public sealed class AgreementSpecs
{
    static readonly BuildOptions Apart = new() { SchemaRegistry = new(), Dialect = Dialect.Draft202012 };

    static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.5", "2.0", "3000000000", "1e30", "\"\"", "\" \"", "\"x\"", "\"a b\\n\"",
        "\"00:00:30\"", "\"9.00:00:00\"",
        "\"2027-01-31T12:00:00Z\"", "\"https://example.com/a\"", "[]", "[null]", "[\"\"]", "[\"x\"]", "[1]", "[[]]",
        "[{}]", "{}", "{\"a\":null}", "{\"a\":\"x\"}", "{\"a\":1}",
    ];

    public static TheoryData<string> Operations => [.. OperationCatalog.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_the_schema_takes_is_read_and_what_it_refuses_is_refused(string name)
    {
        var operation = OperationCatalog.Named(name)!;
        var json = MessageSchema.Of(operation.Request, isStrict: true);
        var schema = JsonSchema.FromText(json.ToJsonString(), Apart);
        await using var worker = await EmbeddedWorker.Start();
        List<string> apart = [], taken = [];

        foreach (var (place, message) in Messages(operation.Request, json))
        {
            var (isValid, (request, refusal)) = (schema.Evaluate(message).IsValid, FirstCheck(operation, message));
            if (isValid && refusal is not null)
                apart.Add($"{place} is of the schema: {refusal}");
            if (!isValid && request is not null && await IsTaken(worker, request))
                taken.Add($"{place} is not of the schema, and taken");
        }

        Assert.Equal("", string.Join('\n', apart.Concat(taken)));
    }

    static (JobRequest? Request, string? Refusal) FirstCheck(Operation operation, JsonElement message)
    {
        try
        {
            var request = RequestReading.Read(operation, message);
            CommonCheck.Of(request);
            return (request, null);
        }
        catch (FailureException refused)
        {
            return (null, refused.Failure.Message);
        }
    }

    static async Task<bool> IsTaken(EmbeddedWorker worker, JobRequest request)
    {
        var ending = await worker.End(
            request with { JobId = null, NotBefore = null, Deadline = null, Credential = null });
        return !ending.TryGetProperty("code", out var code) || code.GetString() != FailureCodes.InvalidRequest;
    }

    static IEnumerable<(string Place, JsonElement Message)> Messages(Type type, JsonObject schema)
    {
        var sample = new Sample(schema);
        // The members of every request are tested with one request only.
        HashSet<string> done = type == typeof(MessageModel)
            ? []
            : [.. MemberRules.Of(typeof(JobRequest)).Select(member => member.Name)];
        foreach (var whole in Example.All.Where(example => example.Type == type)
            .SelectMany(example => sample.Widened(JsonNode.Parse(example.Json)!.AsObject())))
            foreach (var (path, inner, holder) in Objects(sample, schema, whole, ""))
                foreach (var member in inner["properties"]!.AsObject().Select(member => member.Key)
                    .Where(member => done.Add(path + member)).ToList())
                {
                    var (was, before) = (holder.ContainsKey(member), holder[member]?.DeepClone());
                    foreach (var value in Values)
                    {
                        holder[member] = JsonNode.Parse(value);
                        yield return ($"{path}{member}: {value}", JsonElement.Parse(whole.ToJsonString()));
                    }
                    holder.Remove(member);
                    if (was)
                        holder[member] = before;
                }
    }

    // Objects in order, the outermost first.
    static IEnumerable<(string Path, JsonObject Schema, JsonObject Holder)> Objects(Sample sample, JsonObject schema,
        JsonObject holder, string path)
    {
        yield return (path, schema, holder);
        foreach (var (name, declared) in schema["properties"]!.AsObject())
        {
            var member = sample.Resolved(declared!.AsObject());
            var isList = member["items"] is JsonObject { Count: > 0 };
            var inner = isList ? sample.Resolved(member["items"]!.AsObject()) : member;
            if (inner.ContainsKey("properties")
                && (isList ? (holder[name] as JsonArray)?.FirstOrDefault() : holder[name]) is JsonObject found)
                foreach (var deeper in Objects(sample, inner, found, $"{path}{name}{(isList ? "[]" : "")}."))
                    yield return deeper;
        }
    }
}
