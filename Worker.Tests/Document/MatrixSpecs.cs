using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Responses;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// Every optional member of a message, alone, in pairs and all together, for both APIs: what the worker accepts is a
/// request that fits OpenAI's document. What it refuses, it refuses by name.
/// </summary>
public sealed class MatrixSpecs
{
    // Members that control how a job is run, and are not sent to the API.
    static readonly string[] OfTheJob = ["jobId", "credential", "timeout", "maxRetries", "notBefore", "deadline",
        "priority", "group", "metadata", "api"];

    static readonly Operation Message = OperationCatalog.Named("message-model")!;

    static readonly JsonObject Base = JsonNode.Parse("""
        {"model":"gpt-6-luna","messages":[{"text":"Answer in json."}],"tools":[{"function":{"name":"f"}}]}
        """)!.AsObject();

    [Fact]
    public void Every_member_of_a_message_is_tried() => Assert.Equal(
        MemberRules.Of(typeof(MessageModel)).Select(member => member.Name).Except(OfTheJob)
            .Order(StringComparer.Ordinal),
        MessageValues.All.Select(member => member.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_value_is_taken_by_one_api_at_least_and_is_as_the_document_says()
    {
        var document = OpenAIDocument.Needed();

        Assert.All(from member in MessageValues.All
                   from value in member.Value!.AsArray()
                   select (member.Key, Value: value!),
            one =>
        {
            var job = With(Base, one.Key, one.Value);
            if (one is { Key: "toolChoice", Value: JsonValue choice } && ToolOf(choice.GetValue<string>()) is { } tool)
                job["tools"] = JsonNode.Parse(tool);
            var taken = ((bool[])[true, false]).Where(throughResponses => IsTaken(document, job, throughResponses))
                .ToList();
            Assert.True(taken.Count > 0, $"{one.Key} {one.Value.ToJsonString()} is refused by both.");
            // What is outside the job's members changes nothing.
            Assert.All(taken, throughResponses =>
                Assert.True(IsTaken(document, With(job, "extra", MessageValues.All["extra"]![0]!), throughResponses),
                    $"{job.ToJsonString()} is refused with extra."));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_members_that_are_taken_together_are_as_the_document_says(bool throughResponses)
    {
        var document = OpenAIDocument.Needed();
        var members = MessageValues.All.Select(member => (member.Key, Values: member.Value!.AsArray())).ToList();
        var (taken, wrong) = (0, new ConcurrentQueue<string>());

        // The last values are the most telling ones.
        var pairs = from one in members
                    from other in members
                    where string.CompareOrdinal(one.Key, other.Key) < 0
                    from value in one.Values
                    select (one.Key, value,
                        Other: other.Key, Last: other.Values[^1]);
        Parallel.ForEach(pairs, pair =>
        {
            try
            {
                if (IsTaken(document, With(With(Base, pair.Key, pair.value!), pair.Other, pair.Last!),
                    throughResponses))
                    Interlocked.Increment(ref taken);
            }
            catch (Xunit.Sdk.XunitException fault)
            {
                wrong.Enqueue(fault.Message);
            }
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} are wrong:\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(taken > 700, $"Only {taken} pairs were taken.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_members_that_go_together_are_as_the_document_says(bool throughResponses)
    {
        var document = OpenAIDocument.Needed();
        var (whole, count) = (Base, 0);

        foreach (var (name, values) in MessageValues.All)
            if (With(whole, name, values!.AsArray()[^1]!) is var more && IsTaken(document, more, throughResponses))
                (whole, count) = (more, count + 1);

        Assert.True(count > 20, $"Only {count} members go together.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_extra_says_too_is_sent_once_and_what_it_says_otherwise_is_refused_by_both_names(
        bool throughResponses)
    {
        var tried = 0;
        foreach (var (name, values) in MessageValues.All.Where(member => member.Key != "extra"))
        {
            if (BodyOf(With(Base, name, values!.AsArray()[^1]!), throughResponses) is not { } body)
                continue;
            foreach (var member in body.EnumerateObject())
            {
                var job = With(Base, name, values.AsArray()[^1]!);
                Assert.True(BodyOf(With(job, "extra",
                    new JsonObject { [member.Name] = JsonNode.Parse(member.Value.GetRawText()) }),
                        throughResponses) is { } same && JsonElement.DeepEquals(body, same),
                    $"{member.Name} of {job.ToJsonString()} is said twice, and not sent as it was.");
                var refused = Assert.Throws<FailureException>(() =>
                    BodyOf(With(job, "extra", new JsonObject { [member.Name] = Otherwise(member.Value) }),
                        throughResponses, mayBeRefused: false));
                Assert.StartsWith($"extra.{member.Name}", refused.Failure.Member, StringComparison.Ordinal);
                Assert.Contains("Keep one of the two.", refused.Message, StringComparison.Ordinal);
                tried++;
            }
        }
        Assert.True(tried > 100, $"Only {tried} were tried.");
    }

    // The same tree, with another leaf.
    static JsonNode Otherwise(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToList() is [var first, ..]
        ? new JsonObject { [first.Name] = Otherwise(first.Value) }
        : value.ValueKind == JsonValueKind.Array ? new JsonArray("otherwise", 1) : "otherwise";

    static JsonObject With(JsonObject job, string name, JsonNode value)
    {
        var with = job.DeepClone().AsObject();
        with[name] = value.DeepClone();
        return with;
    }

    static string? ToolOf(string choice) => choice switch
    {
        "webSearch" => """[{"webSearch":{}}]""",
        "fileSearch" => """[{"fileSearch":{"vectorStoreIds":["vs_1"]}}]""",
        "codeInterpreter" => """[{"codeInterpreter":{}}]""",
        "imageGeneration" => """[{"imageGeneration":{}}]""",
        "l" => """[{"mcp":{"label":"l","url":"https://a/mcp"}}]""",
        _ => null,
    };

    // Throws if the worker would send something that is not in the document.
    static bool IsTaken(OpenAIDocument document, JsonObject job, bool throughResponses)
    {
        if (BodyOf(job, throughResponses) is not { } body)
            return false;
        var problems = document.Problems(
            document.Request("POST", throughResponses ? "/responses" : "/chat/completions", isForm: false)!, body);
        Assert.True(problems.Count == 0, $"{string.Join("; ", problems.Take(4))}\n  {body}\n  of {job.ToJsonString()}");
        return true;
    }

    // Null: it is refused, by name.
    static JsonElement? BodyOf(JsonObject job, bool throughResponses, bool mayBeRefused = true)
    {
        var request = (MessageModel)RequestReading.Read(Message, JsonSerializer.SerializeToElement(job));
        try
        {
            CommonCheck.Of(request);
            MessageModelCheck.Of(request, throughResponses);
        }
        catch (FailureException refused) when (mayBeRefused)
        {
            Assert.True(refused.Failure is { Code: FailureCodes.InvalidRequest, Member.Length: > 0 },
                $"{refused.Message}, of {job.ToJsonString()}");
            return null;
        }
        return (throughResponses ? ResponsesBody.Of(request) : ChatBody.Of(request)).ToJson();
    }
}
