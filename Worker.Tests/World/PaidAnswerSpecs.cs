using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// A billed answer reaches its sender, or its job ends with what arrived. It is not requested again, and an empty
/// answer is never a success.
/// </summary>
public sealed class PaidAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    static readonly (string Name, string Body, JobRequest Job, string Right)[] Table =
        [.. PaidAnswers.Rows, .. OddPaidAnswers.Rows];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task It_arrives_or_says_what_came(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-'), ProviderSocket.Http(200, "application/json", Table[row].Body),
            Table[row].Job, Table[row].Right));

    [Theory]
    [InlineData(100)]
    [InlineData(LenientJson.Deepest + 1)]
    [InlineData(100_000)]
    public Task Depth_in_unused_places_costs_no_answer(int depth) => scene.Try(new(
        "deep", ProviderSocket.Http(200, "application/json",
            $$$"""{"choices":[{"message":{"content":"ok"}}],"metadata":{{{Nested(depth)}}}}"""), Chat,
        """{"ending":"completed","text":"ok"}"""));

    [Theory]
    [InlineData(100)]
    [InlineData(LenientJson.Deepest + 1)]
    public Task What_is_too_deep_for_an_event_does_not_cost_its_answer(int depth) => scene.Try(new(
        "deep-raw", ProviderSocket.Http(200, "application/json",
            $$$"""{"choices":[{"message":{"content":"ok"}}],"metadata":{{{Nested(depth)}}}}"""),
                Chat with { Simplify = false },
        """{"ending":"completed"}"""));

    [Fact]
    public Task A_call_that_is_too_deep_for_an_event_does_not_cost_its_answer() => scene.Try(new(
        "deep-call", ProviderSocket.Http(200, "application/json", Nested(100)), new CallApi { Path = "x" },
        """{"ending":"completed"}"""));

    static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    [Theory]
    [InlineData("float", "[0.5,1]", "[0.5,1]", null)]
    [InlineData(null, "\"AAAAPwAAgD8=\"", "[0.5,1]", null)]
    [InlineData(null, "\"AAAAPwAAgD8\"", "[0.5,1]", null)]
    [InlineData(null, "[\"0.5\",\"1\"]", "[0.5,1]", null)]
    [InlineData(null, "\"[0.5, 1]\"", "[0.5,1]", null)]
    [InlineData("base64", "\"[0.5, 1]\"", null, "AAAAPwAAgD8=")]
    [InlineData("base64", "[0.5,1]", null, "AAAAPwAAgD8=")]
    [InlineData("base64", "\"AAAAPwAAgD8=\"", null, "AAAAPwAAgD8=")]
    public Task A_vector_comes_in_the_encoding_that_was_asked_for(string? encoding, string embedding, string? vector,
        string? base64) => scene.Try(new(
        "vector", ProviderSocket.Http(200, "application/json", $$$"""{"data":[{"embedding":{{{embedding}}}}]}"""),
        Messages.Embeddings with { Encoding = encoding },
        $$$"""{"embeddings":[{"vector":{{{vector ?? "null"}}},"base64":{{{JsonSerializer.Serialize(base64)}}}}]}"""));

    [Theory]
    [InlineData("\"!!\"")]
    [InlineData("\"AAAAPwA=\"")]
    [InlineData("\"AADAfw==\"")]
    [InlineData("[]")]
    [InlineData("[\"x\"]")]
    public Task What_is_no_vector_is_not_taken_for_one(string embedding) => scene.Try(new(
        "no-vector", ProviderSocket.Http(200, "application/json",
            $$$"""{"data":[{"embedding":{{{embedding}}}}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""),
                Messages.Embeddings with { Encoding = "base64" },
        """{"code":"broken_answer","kind":"permanent","message":"~neither numbers nor base64"}"""));

    [Theory]
    [InlineData("""{"error":{"code":"content_filter","message":"No hats."}}""",
        """{"error":{"code":"content_filter"}}""")]
    [InlineData("""{"b64_json":null}""", "{}")]
    [InlineData("""{"b64_json":"?","revised_prompt":"A cat"}""", """{"revised_prompt":"A cat"}""")]
    public async Task An_image_that_is_missing_does_not_cost_the_others(string missing, string other)
    {
        foreach (var job in (JobRequest[])[Messages.Image with { Count = 2 }, Messages.Edit with { Count = 2 }])
            await scene.Try(new(
                "image", ProviderSocket.Http(200, "application/json",
                    $$$"""{"data":[{{{missing}}},{"b64_json":"eHk"}],"usage":{"total_tokens":9,"output_tokens":9}}"""),
                        job,
                $$$"""{"ending":"completed","images":[{"file":{"base64":"eHk=","fileName":"image-1.png"}}],"otherOutput":[{{{other}}}]}"""));
    }

    [Theory]
    [InlineData("""{"error":{"code":"content_policy_violation","message":"No hats."}}""",
        """{"code":"content_policy","kind":"permanent","message":"~No hats."}""")]
    [InlineData("""{"b64_json":"?"}""", """{"code":"broken_answer","kind":"permanent","message":"~not base64"}""")]
    public Task Images_of_which_none_came_are_paid_for_once(string missing, string right) => scene.Try(new(
        "no-image", ProviderSocket.Http(200, "application/json",
            $$$"""{"data":[{{{missing}}}],"usage":{"total_tokens":9,"output_tokens":9}}"""), Messages.Image, right));

    [Theory]
    [InlineData("+-_/")]
    [InlineData("data:image/png;base64,-_-_")]
    public Task Base64_of_any_alphabet_is_an_image(string base64) => scene.Try(new(
        "alphabet", ProviderSocket.Http(200, "application/json", $$$"""{"data":[{"b64_json":"{{{base64}}}"}]}"""),
        Messages.Image, """{"images":[{"file":{"contentType":"image/png"}}]}"""));
}
