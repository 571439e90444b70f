using System.ClientModel;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Other;

/// <summary>Any other endpoint below the base URL.</summary>
sealed class CallApiOperation(OpenAIClients openAI, ClaimChecks payloads, ApiPolls polls)
    : IOperation<CallApi, ApiCalled>
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

        var result = await Read(request, answer, cancellation);
        if (result.Body is { } made)
            await calls.Made(new(Method(request), request.Path!.Trim('/'), request.Body), made, cancellation);
        polls.Begin(request, Method(request), result, state);
        return result;
    }

    static bool HasBody(CallApi request) =>
        request.Body is not null || request.Parts is not null || request.Extra is { Count: > 0 };

    static string Method(CallApi request) => request.Method ?? (HasBody(request) ? "POST" : "GET");

    static string Path(CallApi request) =>
        ApiPath.With(request.Path!.TrimStart('/'),
            (request.Query ?? new Dictionary<string, string>()).Select(pair => (pair.Key, (string?)pair.Value)));

    static BinaryContent? Body(CallApi request)
    {
        if (!HasBody(request))
            return null;
        // The body is sent unchanged, to the last digit.
        if (request is { Extra: null or { Count: 0 }, Body: { } whole })
            return BinaryContent.Create(BinaryData.FromString(whole.GetRawText()));
        var body = new JsonBody(request);
        foreach (var member in request.Body?.EnumerateObject() ?? default)
            body.Add(member.Name, member.Value);
        return body.ToContent();
    }

    static string LastStep(CallApi request) => request.Path!.TrimEnd('/').Split('/')[^1];

    async Task<ApiCalled> Read(CallApi request, StreamedResponse answer, CancellationToken cancellation)
    {
        var result = new ApiCalled
        {
            Status = answer.Status,
            ContentType = answer.ContentType,
            RequestId = answer.RequestId
        };
        if (!answer.IsJson && !EndpointAnswers.AreJson(request))
            return await Kept(request, answer,
                await InHand.Take(answer.Content, answer.MediaType ?? ContentTypes.Unknown, LastStep(request),
                    cancellation), result);
        // A file's content may have several lines of JSON.
        var body = await answer.Whole(cancellation, endsWithJson: LastStep(request) != "content");
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty && Method(request) != "GET" && !EndpointAnswers.AreJson(request))
            return result;
        // Lines of JSON, although the type says one object.
        if (!EndpointAnswers.AreJson(request) && LenientJson.IsSeveral(body.Span))
            return await Kept(request, answer, InHand.Of(body.ToArray(), answer.MediaType!, LastStep(request)), result,
                isText: true);
        var json = answer.AnyJson(body);
        return EndpointAnswers.FaultOf(request, json, answer.Status) is { } fault
            ? throw answer.Wrong(fault)
            : WithJson(result, json);
    }

    // A text too large for a message becomes a file.
    async Task<ApiCalled> Kept(CallApi request, StreamedResponse answer, InHand made, ApiCalled result,
        bool isText = false)
    {
        if (made.Length == 0)
            return result;
        await CheckPage(request, answer, made);
        return await Keeping.Of(async (isLast, token) =>
            await payloads.Keep(made, isLast, token) is { Base64: { } kept } && (isText || answer.IsText)
            && TextOf(kept, answer) is { } text
            ? result with { Text = text }
            : result with { File = made.Kept });
    }

    // A text in another charset than it says stays a file, which loses nothing.
    static string? TextOf(string base64, StreamedResponse answer) =>
        Charset.AsUtf8(Convert.FromBase64String(base64), answer.ContentType).Span is var text && Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text).TrimStart('\uFEFF')
            : null;

    // HTML instead of JSON comes from a proxy or a portal. The content of a file may be HTML.
    static async Task CheckPage(CallApi request, StreamedResponse answer, InHand made)
    {
        const int looked = 4_000;
        if (LastStep(request) == "content"
            || request.Headers?.Any(header => header.Key.Equals("Accept", StringComparison.OrdinalIgnoreCase)) == true)
            return;
        var head = new byte[Math.Min(looked, made.Length)];
        await made.Read().ReadExactlyAsync(head);
        var text = Encoding.UTF8.GetString(head);
        if (UselessAnswer.IsPage(answer.MediaType, text) || UselessAnswer.IsEvents(answer.MediaType, text))
            throw answer.Useless(head, "a body that is not an API's answer");
    }

    static ApiCalled WithJson(ProviderResponse answer) =>
        WithJson(new() { Status = answer.Status, ContentType = "application/json", RequestId = answer.RequestId },
            answer.Body);

    static ApiCalled WithJson(ApiCalled result, JsonElement json) =>
        result with { Body = json, Model = json.Text("model"), Usage = json.Usage() };
}
