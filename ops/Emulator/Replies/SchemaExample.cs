namespace OpenAIWorker.Emulator.Replies;

/// <summary>Writes a JSON value that fits a JSON schema. It is always the same one.</summary>
sealed class SchemaExample
{
    // Below this depth only required members are written, so that recursive schemas end.
    const int FullDepth = 6;
    const int DeepestDepth = 32;

    readonly Utf8JsonWriter json;
    readonly JsonElement root;

    SchemaExample(Utf8JsonWriter json, JsonElement root)
    {
        this.json = json;
        this.root = root;
    }

    /// <summary>Without a schema: an empty object.</summary>
    public static string Of(JsonElement? schema) => schema is { } root
        ? JsonText.Of(json => new SchemaExample(json, root).Write(root, depth: 0))
        : "{}";

    void Write(JsonElement schema, int depth)
    {
        if (depth > DeepestDepth)
        {
            json.WriteNullValue();
        }
        else if (schema.Reference(root) is { } target)
        {
            Write(target, depth + 1);
        }
        else if (schema.Member("const") is { } only)
        {
            only.WriteTo(json);
        }
        else if (schema.First("enum") is { } value)
        {
            value.WriteTo(json);
        }
        else if ((schema.First("anyOf") ?? schema.First("oneOf") ?? schema.First("allOf")) is { } option)
        {
            Write(option, depth + 1);
        }
        else
        {
            WriteType(schema, depth);
        }
    }

    void WriteType(JsonElement schema, int depth)
    {
        switch (schema.Type())
        {
            case "object":
                WriteObject(schema, depth);
                break;
            case "array":
                WriteArray(schema, depth);
                break;
            case "integer":
                json.WriteNumberValue((long)Math.Ceiling(SchemaScalars.Number(schema, whole: true)));
                break;
            case "number":
                json.WriteNumberValue(SchemaScalars.Number(schema, whole: false));
                break;
            case "boolean":
                json.WriteBooleanValue(true);
                break;
            case "null":
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(SchemaScalars.Text(schema));
                break;
        }
    }

    void WriteObject(JsonElement schema, int depth)
    {
        var required = schema.Items("required").Select(name => name.GetString()).ToHashSet();
        json.WriteStartObject();
        if (schema.Member("properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (depth < FullDepth || required.Contains(property.Name))
                {
                    json.WritePropertyName(property.Name);
                    Write(property.Value, depth + 1);
                }
            }
        }

        json.WriteEndObject();
    }

    void WriteArray(JsonElement schema, int depth)
    {
        var usual = depth < FullDepth && schema.Whole("maxItems") is not 0 ? 1 : 0;
        var count = Math.Min(100, Math.Max(usual, schema.Whole("minItems") ?? 0));
        json.WriteStartArray();
        for (var index = 0; index < count; index++)
        {
            Write(schema.Member("items") ?? default, depth + 1);
        }

        json.WriteEndArray();
    }
}
