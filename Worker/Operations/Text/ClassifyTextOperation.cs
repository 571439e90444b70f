using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Text;

/// <summary><c>POST /moderations</c></summary>
sealed class ClassifyTextOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<ClassifyText, TextClassified>
{
    const string StableModel = "text-moderation-stable";

    public async Task<TextClassified> Run(ClassifyText request, CancellationToken cancellation)
    {
        Check(request);

        var whole = request with { Images = await payloads.Inlined("images", request.Images, cancellation) };
        var answer = await openAI.Of(request).Classify(Body(whole).ToContent(), cancellation);

        return request.Simplify ?? true ? Simplified(answer, request) : Common(answer) with { Raw = answer.Body };
    }

    static void Check(ClassifyText request)
    {
        Needed("text", request.Text is not null || request.Texts is { Count: > 0 } || request.Images is { Count: > 0 } || request.HasExtra("input"),
            "give text, texts or images.");
        Never("texts", request.Texts is not null && (request.Text is not null || request.Images is not null),
            "never goes with text or images. Send text and images of one input together, or texts alone.");
        Never("useStableModel", request.UseStableModel == true && request.Model is not null, "never goes with model. Name the one or set the other.");
        ImageParts.Check("images", request.Images, throughResponses: false);
    }

    static JsonBody Body(ClassifyText request)
    {
        var body = new JsonBody(request) { { "model", request.UseStableModel == true ? StableModel : request.Model } };
        if (request.Images is null)
            body.Add("input", request.Texts ?? (request.Text is null ? null : [request.Text]));
        else
            body.Add("input", Parts(request));
        return body;
    }

    static IEnumerable<JsonBody> Parts(ClassifyText request)
    {
        if (request.Text is not null)
            yield return new() { { "type", "text" }, { "text", request.Text } };
        foreach (var image in request.Images!)
            yield return new() { { "type", "image_url" }, { "image_url", new JsonBody { { "url", ImageParts.UrlOf(image) } } } };
    }

    static TextClassified Common(Answer answer) => new() { Model = answer.Body.Text("model"), RequestId = answer.RequestId };

    static TextClassified Simplified(Answer answer, ClassifyText request)
    {
        var results = answer.Body.Items("results").Select(result => Read(answer, result)).ToList();
        if (results.Count == 0)
            throw answer.Broken("no results");
        // A verdict too few would be that of another text.
        if (request.Texts is { Count: var texts } && results.Count != texts && !request.HasExtra("input"))
            throw answer.Broken($"{results.Count} verdicts for {texts} texts");
        return Common(answer) with { Results = results, Flagged = results.Any(result => result.Flagged) };
    }

    // What says nothing must not pass as harmless.
    static Classification Read(Answer answer, JsonElement result) => new()
    {
        Flagged = result.Truth("flagged") ?? AnyCategory(result) ?? throw answer.Broken("a result that does not say whether it is flagged"),
        Categories = Pairs(result, "categories", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False, value => value.GetBoolean()),
        CategoryScores = Pairs(result, "category_scores", value => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()), value => value.GetDouble()),
    };

    // Mistral has the categories alone.
    static bool? AnyCategory(JsonElement result)
    {
        var categories = Pairs(result, "categories", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False, value => value.GetBoolean());
        return categories is { Count: > 0 } ? categories.Values.Any(isOne => isOne) : null;
    }

    // A category that the model does not know is null in the answer; it is left out.
    static Dictionary<string, T> Pairs<T>(JsonElement result, string name, Func<JsonElement, bool> isOne, Func<JsonElement, T> read) =>
        result.Member(name) is { ValueKind: JsonValueKind.Object } pairs
            ? pairs.EnumerateObject().Where(pair => isOne(pair.Value)).DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => read(pair.Value))
            : [];
}
