using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A moderation with one result per input.</summary>
static class ModerationAnswer
{
    public static void Write(Utf8JsonWriter json, string model, IEnumerable<JsonElement> inputs)
    {
        json.WriteStartObject();
        json.WriteString("id", NewId.Of("modr-"));
        json.WriteString("model", model);
        json.WriteStartArray("results");
        foreach (var input in inputs)
        {
            WriteResult(json, ModeratedInput.Of(input), ModerationCategory.Of(model));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteResult(Utf8JsonWriter json, ModeratedInput input, ModerationCategory[] categories)
    {
        json.WriteStartObject();
        json.WriteBoolean("flagged", Array.Exists(categories, category => category.IsFoundIn(input.Text)));
        json.WriteStartObject("categories");
        foreach (var category in categories)
        {
            json.WriteBoolean(category.Name, category.IsFoundIn(input.Text));
        }

        json.WriteEndObject();
        json.WriteStartObject("category_scores");
        foreach (var category in categories)
        {
            json.WriteNumber(category.Name, category.IsFoundIn(input.Text) ? 0.94 : 0.00002);
        }

        json.WriteEndObject();
        if (categories == ModerationCategory.Omni)
        {
            WriteInputTypes(json, input, categories);
        }

        json.WriteEndObject();
    }

    static void WriteInputTypes(Utf8JsonWriter json, ModeratedInput input, ModerationCategory[] categories)
    {
        json.WriteStartObject("category_applied_input_types");
        foreach (var category in categories)
        {
            json.WriteStartArray(category.Name);
            if (input.HasText)
            {
                json.WriteStringValue("text");
            }

            if (input.HasImage && category.SeesImages)
            {
                json.WriteStringValue("image");
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
