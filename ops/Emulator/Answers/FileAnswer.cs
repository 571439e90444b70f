using OpenAIWorker.Emulator.Endpoints;

namespace OpenAIWorker.Emulator.Answers;

static class FileAnswer
{
    public static void Write(Utf8JsonWriter json, KeptFile file)
    {
        json.WriteStartObject();
        json.WriteString("object", "file");
        json.WriteString("id", file.Id);
        json.WriteString("purpose", file.Purpose);
        json.WriteString("filename", file.Name);
        json.WriteNumber("bytes", file.Length);
        json.WriteNumber("created_at", file.CreatedAt.ToUnixTimeSeconds());
        if (file.ExpiresAt is { } end)
        {
            json.WriteNumber("expires_at", end.ToUnixTimeSeconds());
        }

        json.WriteString("status", "processed");
        json.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<KeptFile> files, bool hasMore)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var file in files)
        {
            Write(json, file);
        }

        json.WriteEndArray();
        json.WriteString("first_id", files.Count > 0 ? files[0].Id : null);
        json.WriteString("last_id", files.Count > 0 ? files[^1].Id : null);
        json.WriteBoolean("has_more", hasMore);
        json.WriteEndObject();
    }

    public static void WriteDeleted(Utf8JsonWriter json, KeptFile file)
    {
        json.WriteStartObject();
        json.WriteString("object", "file");
        json.WriteBoolean("deleted", true);
        json.WriteString("id", file.Id);
        json.WriteEndObject();
    }
}
