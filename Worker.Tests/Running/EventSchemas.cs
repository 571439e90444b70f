using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;
using SchemaOutput = Json.Schema.OutputFormat;

namespace OpenAIWorker.Tests.Running;

/// <summary>Checks the events of every test against their JSON Schemas.</summary>
static class EventSchemas
{
    // In longer ones, such as thousands of vectors, each number would be checked.
    const int Longest = 100_000;

    static readonly BuildOptions Apart = new() { SchemaRegistry = new(), Dialect = Dialect.Draft202012 };
    static readonly ConcurrentDictionary<Type, Lazy<JsonSchema>> Schemas = [];

    public static void Check(JobEvent arrived)
    {
        if (arrived.Body.Length > Longest)
            return;
        var body = JsonElement.Parse(arrived.Body.Span);
        var type = arrived.Type == JobEvent.Delayed ? typeof(OperationDelayed)
            : arrived.Type == Endings.Failed ? typeof(OperationFailed)
            : OperationCatalog.Named(body.GetProperty("operation").GetString()!)!.Result;
        var verdict = Schemas.GetOrAdd(type, static type => new(() => Schema(type))).Value.Evaluate(body,
            new() { OutputFormat = SchemaOutput.List });
        var faults = (verdict.Details ?? []).SelectMany(Faults);
        Assert.True(verdict.IsValid, $"{type.Name} is not as its schema says: {string.Join("; ", faults)}\n{body}");
    }

    static JsonSchema Schema(Type type) =>
        JsonSchema.FromText(MessageSchema.Of(type, isStrict: false).ToJsonString(), Apart);

    static IEnumerable<string> Faults(EvaluationResults detail) =>
        (detail.Errors ?? new Dictionary<string, string>())
            .Select(fault => $"{detail.InstanceLocation}: {fault.Value}");
}
