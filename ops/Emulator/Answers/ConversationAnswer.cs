using OpenAIWorker.Emulator.Endpoints;

namespace OpenAIWorker.Emulator.Answers;

static class ConversationAnswer
{
    public static void Write(Utf8JsonWriter json, KeptConversation conversation)
    {
        json.WriteStartObject();
        json.WriteString("id", conversation.Id);
        json.WriteString("object", "conversation");
        json.WriteNumber("created_at", conversation.CreatedAt.ToUnixTimeSeconds());
        json.WritePropertyName("metadata");
        conversation.Metadata.WriteTo(json);
        json.WriteEndObject();
    }

    public static void WriteDeleted(Utf8JsonWriter json, KeptConversation conversation)
    {
        json.WriteStartObject();
        json.WriteString("id", conversation.Id);
        json.WriteString("object", "conversation.deleted");
        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    }
}
