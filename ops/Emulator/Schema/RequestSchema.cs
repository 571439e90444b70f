using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>A body: its fields, and rules between them.</summary>
sealed class RequestSchema(Group fields, Action<JsonElement>? rules = null)
{
    public void Check(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException(400, "The body of your request is missing.");
        fields.Check(body, "");
        rules?.Invoke(body);
    }
}
