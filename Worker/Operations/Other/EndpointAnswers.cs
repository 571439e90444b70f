using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Other;

/// <summary>
/// Checks answers of endpoints that have their own operations or occur in Batch files: status 200 is not yet success. A
/// job or a thing that is only read (<c>GET</c>) may report any state.
/// </summary>
static class EndpointAnswers
{
    static readonly string[] Known = ["chat/completions", "completions", "responses", "embeddings", "moderations",
        "images/generations", "images/edits"];

    /// <summary>Whether the endpoint always answers JSON.</summary>
    public static bool AreJson(CallApi request) => EndpointOf(request) is not null;

    /// <summary>Why an answer is not valid; null if it is.</summary>
    public static Failure? FaultOf(CallApi request, JsonElement body, int status) => EndpointOf(request) switch
    {
        null => null,
        _ when body.ValueKind != JsonValueKind.Object => Broken(body, status, "a body that is not a JSON object"),
        "chat/completions" or "completions" => OfChoices(body, status),
        "responses" => OfResponse(body, status),
        "embeddings" => OfVectors(request, body, status),
        "moderations" => body.Items("results").Any() ? null : Broken(body, status, "no results"),
        _ => body.Items("data").Any() ? null : Broken(body, status, "no images"),
    };

    static string? EndpointOf(CallApi request)
    {
        var path = request.Path!.Trim('/').Split('?')[0];
        return request.Method is "POST" || request.Method is null
            && (request.Body ?? (object?)request.Parts ?? request.Extra) is not null
            ? Known.FirstOrDefault(known => path == known || path.EndsWith($"/{known}", StringComparison.Ordinal))
            : null;
    }

    static Failure? OfChoices(JsonElement body, int status)
    {
        var choices = body.Items("choices").Where(choice => choice.ValueKind == JsonValueKind.Object).ToList();
        if (choices.Count == 0)
            return Broken(body, status, "no choices");
        return choices.TrueForAll(choice => FinishReasons.IsCutOff(choice, body))
            ? FailureClassifier.OfInner(status, FinishReasons.ErrorOf(choices[0], body), null)
            : null;
    }

    static Failure? OfResponse(JsonElement body, int status)
    {
        var hasOutput = body.Items("output").Any();
        if (ResponseStatus.IsFailure(body) || body.Member("error") is { ValueKind: JsonValueKind.Object } && !hasOutput)
        {
            var error = ErrorOf(body, $"The response is {body.Text("status")}.");
            return FailureClassifier.OfFailedResponse(error) with { Status = InnerError.StatusOf(error) ?? 500 };
        }
        // A response in the background has no output yet.
        return body.Member("output") is { ValueKind: JsonValueKind.Array } || ResponseStatus.IsOpen(body)
            ? null
            : Broken(body, status, "a response that has no output");
    }

    // A missing vector would move the others to the wrong texts.
    static Failure? OfVectors(CallApi request, JsonElement body, int status)
    {
        var asked = request.Body is { ValueKind: JsonValueKind.Object } said ? said.Items("input").ToList() : [];
        var texts = asked.Count > 0 && asked[0].ValueKind != JsonValueKind.Number ? asked.Count : 1;
        var vectors = body.Items("data")
            .Count(item =>
                item.Member("embedding") is
                {
                    ValueKind: JsonValueKind.String or JsonValueKind.Array
                    or JsonValueKind.Object
                });
        return vectors >= texts ? null : Broken(body, status, $"{vectors} vectors for {texts} texts");
    }

    static UpstreamError ErrorOf(JsonElement body, string otherwise)
    {
        var error = body.Member("error") is null ? new() { Message = otherwise } : ErrorReading.Of(body);
        return error with { Body = ErrorReading.Kept(body) };
    }

    static Failure Broken(JsonElement body, int status, string with) =>
        Failure.Broken(status, null, with)
            .OnceIf(body.IsBilled()) with
        { Error = new() { Message = with, Body = ErrorReading.Kept(body) } };
}
