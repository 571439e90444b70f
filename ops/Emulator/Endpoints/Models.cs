namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The models that it lists. Other endpoints accept any name, so tests can invent their own.</summary>
sealed class Models(IReadOnlyList<string> names)
{
    const long CreatedAt = 1_767_225_600;

    public ApiEndpoint[] Endpoints =>
    [
        new("GET", "/v1/models") { Answer = _ => Answer.Json(WriteList) },
        new("GET", "/v1/models/{id}") { Answer = Retrieve },
    ];

    Answer Retrieve(ApiCall call) => names.Contains(call.Id)
        ? Answer.Json(json => WriteModel(json, call.Id))
        : Answer.Refusing(new(404, $"The model '{call.Id}' does not exist")
        {
            Code = "model_not_found",
            Param = "model"
        });

    void WriteList(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var name in names)
        {
            WriteModel(json, name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteModel(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        json.WriteString("object", "model");
        json.WriteNumber("created", CreatedAt);
        json.WriteString("owned_by", "openai");
        json.WriteNull("shutdown_date");
        json.WriteEndObject();
    }
}
