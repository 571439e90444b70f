namespace OpenAIWorker.Emulator.Calls;

/// <summary>A complete answer in memory: faults need to send a part of it.</summary>
sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType = Answer.JsonType)
{
    const string JsonType = "application/json";

    public TimeSpan? RetryAfter { get; init; }

    public bool IsJson => ContentType == JsonType;

    public bool IsSuccess => Status is >= 200 and < 300;

    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, JsonText.Bytes(write));

    public static Answer Json(Action<Utf8JsonWriter, JsonSerializerOptions?> write) => Json(json => write(json, null));

    public static Answer Refusing(ApiError error) =>
        Json(json => Write(json, error), error.Status) with { RetryAfter = error.RetryAfter };

    static void Write(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Param);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
