namespace OpenAIWorker.Emulator.Shapes;

/// <summary>An object with known fields only. The rules run after every field was accepted.</summary>
sealed class RecordShape(Field[] fields, Func<JsonElement, Refusal?>[] rules) : Shape
{
    public override string Noun => "an object";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Object;

    public RecordShape Where(params Func<JsonElement, Refusal?>[] more) => new(fields, [.. rules, .. more]);

    protected override Refusal? CheckContent(JsonElement value)
    {
        // One bit per field: no table here is longer than 64.
        var seen = 0UL;
        foreach (var member in value.EnumerateObject())
        {
            var index = IndexOf(member);
            if (index < 0)
            {
                return new Refusal("unknown_parameter", "Unknown parameter: '{path}'.").At(member.Name);
            }

            seen |= 1UL << index;
            if (CheckField(fields[index], member.Value) is { } refusal)
            {
                return refusal;
            }
        }

        return MissingField(seen) ?? BrokenRule(value);
    }

    int IndexOf(JsonProperty member)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            if (member.NameEquals(fields[index].Utf8Name))
            {
                return index;
            }
        }

        return -1;
    }

    static Refusal? CheckField(Field field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null && !field.IsRequired ? null : field.Shape.Check(value)?.At(field.Name);

    Refusal? MissingField(ulong seen)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].IsRequired && (seen & (1UL << index)) == 0)
            {
                return new Refusal("missing_required_parameter", "Missing required parameter: '{path}'.")
                    .At(fields[index].Name);
            }
        }

        return null;
    }

    Refusal? BrokenRule(JsonElement value)
    {
        foreach (var rule in rules)
        {
            if (rule(value) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
