using System.ClientModel;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Other;

/// <summary>Any other endpoint below the base URL.</summary>
sealed class CallApiOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<CallApi, ApiCalled>
{
    public async Task<ApiCalled> Run(CallApi request, CancellationToken cancellation)
    {
        Check(request);

        await using var answer = await openAI.Of(request).Open(Method(request), Path(request), Body(request), cancellation);

        return await Read(answer, LastStep(request), cancellation);
    }

    static void Check(CallApi request)
    {
        OneOf("method", request.Method, "GET", "POST", "PUT", "PATCH", "DELETE");
        FreePath.Check("path", request.Path);
        Never("body", request.Body is { ValueKind: not JsonValueKind.Object }, "must be an object.");
        Never("body", Method(request) is "GET" && HasBody(request), "never goes with GET. Use query, or another method.");
    }

    static bool HasBody(CallApi request) => request.Body is not null || request.Extra is { Count: > 0 };

    static string Method(CallApi request) => request.Method ?? (HasBody(request) ? "POST" : "GET");

    static string Path(CallApi request) =>
        ApiPath.With(request.Path!.TrimStart('/'), (request.Query ?? new Dictionary<string, string>()).Select(pair => (pair.Key, (string?)pair.Value)));

    static BinaryContent? Body(CallApi request)
    {
        if (!HasBody(request))
            return null;
        var body = new JsonBody(request);
        foreach (var member in request.Body?.EnumerateObject() ?? default)
            body.Add(member.Name, member.Value);
        return body.ToContent();
    }

    static string LastStep(CallApi request) => request.Path!.TrimEnd('/').Split('/')[^1];

    async Task<ApiCalled> Read(Download answer, string name, CancellationToken cancellation)
    {
        var result = new ApiCalled { Status = answer.Status, ContentType = answer.ContentType, RequestId = answer.RequestId };
        return answer.MediaType switch
        {
            null => result,
            "application/json" => await WithJson(result, answer, cancellation),
            var text when text.StartsWith("text/", StringComparison.Ordinal) => result with { Text = await answer.Text(cancellation) },
            var type => result with { File = await payloads.Keep(answer.Content, type, name, cancellation) },
        };
    }

    static async Task<ApiCalled> WithJson(ApiCalled result, Download answer, CancellationToken cancellation)
    {
        using var json = await answer.Json(cancellation);
        return result with { Body = json.RootElement.Clone(), Model = json.RootElement.Text("model"), Usage = json.RootElement.Usage() };
    }
}
