using System.Text.Json.Nodes;
using OpenAIWorker.Emulator.Answers;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary><c>/responses</c></summary>
static class Responses
{
    public static readonly IReadOnlyList<Endpoint> Endpoints =
    [
        new("POST", "/responses", ResponsesSchema.Request, Create),
        new("GET", "/responses/*", null, (call, services) => Reply.Json(services.GetRequiredService<StoredResponses>().Get(Id(call, 3)))),
        new("POST", "/responses/*/cancel", null, (call, services) => Reply.Json(services.GetRequiredService<StoredResponses>().Cancel(Id(call, 3)))),
    ];

    static Reply Create(Call call, IServiceProvider services)
    {
        var answer = ResponseAnswer.To(call);
        var store = services.GetRequiredService<StoredResponses>();
        return Reply.Json(call.Body.TryGetProperty("background", out var background) && background.ValueKind == System.Text.Json.JsonValueKind.True
            ? store.Begin(answer)
            : store.Keep(answer));
    }

    static string Id(Call call, int segment) => call.Http.Request.Path.Value!.Split('/')[segment];
}
