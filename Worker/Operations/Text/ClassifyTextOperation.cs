using System.Globalization;
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
sealed class ClassifyTextOperation(OpenAIClients openAI, ClaimChecks payloads)
    : IOperation<ClassifyText, TextClassified>
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
        Needed("text", request.Text is not null || request.Texts is { Count: > 0 } || request.Images is { Count: > 0 }
            || request.HasExtra("input"),
            "give text, texts or images.");
        Never("texts", request.Texts is not null && (request.Text is not null || request.Images is not null),
            "cannot be combined with text or images. Send text and images of one input, or only texts.");
        Never("useStableModel", request.UseStableModel == true && request.Model is not null,
            "cannot be combined with model. Give one or the other.");
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
            yield return new() { { "type", "image_url" },
                { "image_url", new JsonBody { { "url", ImageParts.UrlOf(image) } } } };
    }

    static TextClassified Common(ProviderResponse answer) =>
        new() { Model = answer.Body.Text("model"), RequestId = answer.RequestId };

    static TextClassified Simplified(ProviderResponse answer, ClassifyText request)
    {
        var results = ResultsOf(answer.Body).Select(result => Read(answer, result)).ToList();
        if (results.Count == 0)
            throw answer.Broken("no results");
        // With a missing verdict, the others would be assigned to the wrong texts.
        if (request.Texts is { Count: var texts } && results.Count != texts && !request.HasExtra("input"))
            throw answer.Broken($"{results.Count} verdicts for {texts} texts");
        return Common(answer) with { Results = results, Flagged = results.Any(result => result.Flagged) };
    }

    static IEnumerable<JsonElement> ResultsOf(JsonElement body) => body.Member("results") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    // An answer without a verdict must not pass as harmless.
    static Classification Read(ProviderResponse answer, JsonElement result)
    {
        if (InnerError.Of(result) is { } error)
            throw new FailureException(FailureClassifier.OfInner(answer.Status,
                error with { Body = ErrorReading.Kept(answer.Body) }, null) with
            { RequestId = answer.RequestId });
        var categories = Pairs(result, "categories", Verdict);
        return new()
        {
            // Mistral returns only the categories.
            Flagged = (result.Member("flagged") is { } flagged ? Verdict(flagged) : null)
                ?? (categories.Count > 0 ? categories.ContainsValue(true) : (bool?)null)
                ?? throw answer.Broken("a result without a verdict"),
            Categories = categories,
            CategoryScores = Pairs(result, "category_scores", Score),
        };
    }

    static bool? Verdict(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number when value.TryGetInt32(out var number) && number is 0 or 1 => value.GetInt32() == 1,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var truth) => truth,
        _ => null,
    };

    static double? Score(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when double.IsFinite(value.GetDouble()) => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var score) && double.IsFinite(score) => score,
        _ => null,
    };

    // A category that the model does not know is null in the answer, and is omitted.
    static Dictionary<string, T> Pairs<T>(JsonElement result, string name, Func<JsonElement, T?> read) where T : struct
    {
        var pairs = new Dictionary<string, T>();
        if (result.Member(name) is not { ValueKind: JsonValueKind.Object } given)
            return pairs;
        foreach (var pair in given.EnumerateObject())
        {
            if (pair.NameText() is { } category && read(pair.Value) is { } value)
                pairs[category] = value;
        }
        return pairs;
    }
}
