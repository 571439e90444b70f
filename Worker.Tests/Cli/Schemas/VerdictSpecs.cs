using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using OpenAIWorker.Cli.Schemas;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Cli.Schemas;

public class VerdictSpecs
{
    static readonly BuildOptions Apart = new() { SchemaRegistry = new(), Dialect = Dialect.Draft202012 };

    public static TheoryData<string> Operations => [.. OperationCatalog.All.Select(operation => operation.Name)];

    public static TheoryData<string> Messages =>
        [.. SchemaFiles.Requests.Concat(SchemaFiles.Events).Concat(SchemaFiles.ToolMessages).Select(type => type.Name)];

    public static TheoryData<string> Events => [.. SchemaFiles.Events.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_breaks_one_rule_is_refused_by_the_schema_and_by_the_worker(string name)
    {
        var operation = OperationCatalog.Named(name)!;
        var (schema, examples) = (MessageSchema.Of(operation.Request, isStrict: true), Examples(operation.Request));
        var broken = examples.SelectMany(example => BrokenMessage.Of(schema, example))
            .DistinctBy(message => message.Rule).ToList();
        await using var worker = await EmbeddedWorker.Start();

        var others = await Task.WhenAll(broken.Select(async message =>
            await Verdict(worker, operation, message) is { } other ? $"{message.Rule}: {other}" : null));

        Assert.NotEmpty(broken);
        Assert.Empty(others.OfType<string>());
        Assert.Empty(worker.Emulator.Calls);
        AssertRefused(schema, broken);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Schema_takes_the_examples_and_refuses_each_that_breaks_a_rule(string name)
    {
        var type = SchemaFiles.Requests.Concat(SchemaFiles.Events).Concat(SchemaFiles.ToolMessages)
            .Single(type => type.Name == name);
        var (schema, examples) = (MessageSchema.Of(type, SchemaFiles.Requests.Contains(type)), Examples(type));
        var read = JsonSchema.FromText(schema.ToJsonString(), Apart);

        Assert.NotEmpty(examples);
        Assert.All(examples.SelectMany(new Sample(schema).Widened),
            message => Assert.True(read.Evaluate(Element(message)).IsValid, message.ToJsonString()));
        AssertRefused(schema, examples.SelectMany(example => BrokenMessage.Of(schema, example)));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_has_all_that_its_schema_requires_even_if_there_is_nothing_to_say(string name)
    {
        var type = SchemaFiles.Events.Single(type => type.Name == name);
        var blank = Activator.CreateInstance(type)!;
        foreach (var member in MemberRules.Of(type).Where(member => member.IsRequired))
            member.Property.SetValue(blank, "x");

        var written = JsonSerializer.SerializeToNode(blank, type, BusJson.Options)!.AsObject()
            .Select(member => member.Key);

        Assert.Empty(MessageSchema.Of(type, isStrict: false)["required"]!.AsArray()
            .Select(member => member!.GetValue<string>()).Except(written));
    }

    [Theory]
    [InlineData("00:00:01", "00:25:00", "00:00:01 00:00:59.5 00:24:59.9999999 00:25:00 00:25:00.0",
        "00:00:00 00:00:00.9 00:25:00.1 00:26:00 01:00:00 1.00:00:00 00:60:00")]
    [InlineData("01:00:00", "30.00:00:00", "01:00:00 23:59:59 1.00:00:00 29.23:59:59 30.00:00:00",
        "00:59:59 30.00:00:01 31.00:00:00 24:00:00 -01:00:00")]
    [InlineData("00:00:01", "1.00:00:00", "00:00:10 12:34:56 1.00:00:00", "00:00:00 1.00:00:00.1 2.00:00:00")]
    public void Pattern_of_a_duration_is_its_range(string least, string most, string fit, string wrong)
    {
        var pattern = TimePattern.Between(TimeSpan.Parse(least, CultureInfo.InvariantCulture),
            TimeSpan.Parse(most, CultureInfo.InvariantCulture));

        Assert.All(fit.Split(' '), time => Assert.Matches(pattern, time));
        Assert.All(wrong.Split(' '), time => Assert.DoesNotMatch(pattern, time));
    }

    static void AssertRefused(JsonObject schema, IEnumerable<BrokenMessage> broken)
    {
        var read = JsonSchema.FromText(schema.ToJsonString(), Apart);
        Assert.Empty(broken.Where(message => read.Evaluate(Element(message.Json)).IsValid)
            .Select(message => message.Rule));
    }

    static List<JsonObject> Examples(Type type) =>
        [.. Example.All.Where(example => example.Type == type)
            .Select(example => JsonNode.Parse(example.Json)!.AsObject())];

    static JsonElement Element(JsonNode json) => JsonElement.Parse(json.ToJsonString());

    // Null: it is refused, and the error is named, as expected.
    static async Task<string?> Verdict(EmbeddedWorker worker, Operation operation, BrokenMessage message)
    {
        try
        {
            var request = RequestReading.Read(operation, Element(message.Json));
            CommonCheck.Of(request);
            var ending = await worker.End(
                request with { JobId = null, Credential = null, NotBefore = null, Deadline = null });
            return ending.TryGetProperty("code", out var code) && code.GetString() == FailureCodes.InvalidRequest
                ? null
                : ending.GetRawText();
        }
        catch (FailureException refused)
        {
            var isNamed = refused.Failure.Member is { } member && member.Replace("[0]", "[]", StringComparison.Ordinal)
                .StartsWith(message.Member, StringComparison.Ordinal);
            return refused.Failure.Code == FailureCodes.InvalidRequest && isNamed
                ? null
                : $"{refused.Failure.Member}: {refused.Failure.Message}";
        }
    }
}
