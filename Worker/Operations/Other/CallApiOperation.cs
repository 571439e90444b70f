using System.ClientModel;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Other;

/// <summary>Any other endpoint below the base URL.</summary>
sealed class CallApiOperation(OpenAIClients openAI, ClaimChecks payloads, ApiPolls polls) : IOperation<CallApi, ApiCalled>
{
    public Task<ApiCalled> Run(CallApi request, CancellationToken cancellation) => Resume(request, new(), cancellation);

    public async Task<ApiCalled> Resume(CallApi request, JobState state, CancellationToken cancellation)
    {
        CallApiCheck.Of(request, Method(request), HasBody(request));

        if (state.Polling is { } begun)
            return WithJson(await polls.Look(request, state, begun, cancellation));
        await using var form = new FormParts(payloads);
        var body = request.Parts is null ? Body(request) : await form.Open(request, cancellation);
        var calls = openAI.Of(request);
        await using var answer = await calls.Open(Method(request), Path(request), body, request.Headers, cancellation);

        var result = await Read(answer, LastStep(request), cancellation);
        if (result.Body is { } made)
            await calls.Made(new(Method(request), request.Path!.Trim('/'), request.Body), made, cancellation);
        polls.Begin(request, Method(request), result, state);
        return result;
    }

    static bool HasBody(CallApi request) => request.Body is not null || request.Parts is not null || request.Extra is { Count: > 0 };

    static string Method(CallApi request) => request.Method ?? (HasBody(request) ? "POST" : "GET");

    static string Path(CallApi request) =>
        ApiPath.With(request.Path!.TrimStart('/'), (request.Query ?? new Dictionary<string, string>()).Select(pair => (pair.Key, (string?)pair.Value)));

    static BinaryContent? Body(CallApi request)
    {
        if (!HasBody(request))
            return null;
        // As it came, to the last digit.
        if (request is { Extra: null or { Count: 0 }, Body: { } whole })
            return BinaryContent.Create(BinaryData.FromString(whole.GetRawText()));
        var body = new JsonBody(request);
        foreach (var member in request.Body?.EnumerateObject() ?? default)
            body.Add(member.Name, member.Value);
        return body.ToContent();
    }

    static string LastStep(CallApi request) => request.Path!.TrimEnd('/').Split('/')[^1];

    // A text too large for a message is a file like any other.
    async Task<ApiCalled> Read(Download answer, string name, CancellationToken cancellation)
    {
        var result = new ApiCalled { Status = answer.Status, ContentType = answer.ContentType, RequestId = answer.RequestId };
        if (answer.IsJson)
            return WithJson(result, await answer.AnyJson(cancellation));
        var made = await InHand.Take(answer.Content, answer.MediaType ?? ContentTypes.Unknown, name, cancellation);
        if (made.Length == 0)
            return result;
        return await Keeping.Of(async (isLast, token) => await payloads.Keep(made, isLast, token) is { Base64: { } text } && answer.IsText
            ? result with { Text = Encoding.UTF8.GetString(Convert.FromBase64String(text)) }
            : result with { File = made.Kept });
    }

    static ApiCalled WithJson(Answer answer) =>
        WithJson(new() { Status = answer.Status, ContentType = "application/json", RequestId = answer.RequestId }, answer.Body);

    static ApiCalled WithJson(ApiCalled result, JsonElement json) => result with { Body = json, Model = json.Text("model"), Usage = json.Usage() };
}
