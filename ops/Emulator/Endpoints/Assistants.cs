using System.Text.Json.Nodes;
using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>/v1/assistants, as OpenAI served it until 2026-08-26.</summary>
sealed class Assistants
{
    const string Header = "OpenAI-Beta";
    const string Version = "assistants=v2";

    readonly NativeThings kept = new();

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/assistants") { Request = AssistantRequest.Create, Prompt = _ => Prompt.Nothing,
            Answer = Create },
        new("GET", "/v1/assistants") { Query = ListRequest.Shape,
            Answer = call => ListAnswer.Page(call, kept.Read(), ListRequest.UsualLimit) },
        new("GET", "/v1/assistants/{id}") { Answer = call => Of(call, NativeThings.Show) },
        new("POST", "/v1/assistants/{id}") { Request = AssistantRequest.Update, Prompt = _ => Prompt.Nothing,
            Answer = call => Of(call, found => Update(call, found)) },
        new("DELETE", "/v1/assistants/{id}") { Answer = call => Of(call, Delete) },
    ];

    public JsonObject? Find(string id) => kept.Find(id);

    public static Answer NoSuchAssistant(string id) => Answer.Refusing(new(404, $"No assistant found with id '{id}'."));

    /// <summary>The same endpoint for clients that send the header of its version.</summary>
    public static ApiEndpoint InBeta(ApiEndpoint endpoint) => endpoint with
    {
        Answer = call => call.Http.Request.Headers[Header] == Version
            ? endpoint.Answer(call)
            : Answer.Refusing(new(400,
                $"You must provide the '{Header}' header to access the Assistants API. Please try again by setting "
                    + $"the header '{Header}: {Version}'.")
            {
                Code = "invalid_beta",
            }),
    };

    Answer Create(ApiCall call)
    {
        var assistant = new JsonObject
        {
            ["id"] = NewId.Of("asst_"),
            ["object"] = "assistant",
            ["created_at"] = call.CreatedAt,
            ["name"] = null,
            ["description"] = null,
            ["instructions"] = null,
            ["tools"] = new JsonArray(),
            ["tool_resources"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
            ["temperature"] = 1.0,
            ["top_p"] = 1.0,
            ["response_format"] = "auto",
        };
        return Update(call, assistant);
    }

    Answer Update(ApiCall call, JsonObject assistant)
    {
        foreach (var member in call.Body.EnumerateObject())
        {
            assistant[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return NativeThings.Show(kept.Keep(assistant));
    }

    Answer Delete(JsonObject assistant)
    {
        kept.Delete(assistant);
        return Answer.Json(new JsonObject
        {
            ["id"] = (string)assistant["id"]!,
            ["object"] = "assistant.deleted",
            ["deleted"] = true
        }.WriteTo);
    }

    Answer Of(ApiCall call, Func<JsonObject, Answer> answer) =>
        kept.Find(call.Id) is { } found ? answer(found) : NoSuchAssistant(call.Id);
}
