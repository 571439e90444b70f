namespace OpenAIWorker.Emulator.Shapes;

/// <summary>An object whose member names the sender chooses, such as metadata.</summary>
sealed class MapShape(Shape value, int maxPairs, int maxName) : Shape
{
    public override string Noun => "an object";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Object;

    protected override Refusal? CheckContent(JsonElement map)
    {
        var pairs = map.GetPropertyCount();
        if (pairs > maxPairs)
        {
            return new("object_above_max_properties",
                $"Invalid '{{path}}': too many properties. "
                + $"Expected an object with at most {maxPairs} properties, but got an object with {pairs} properties "
                + "instead.");
        }

        foreach (var member in map.EnumerateObject())
        {
            if (CheckName(member.Name) is { } refusal)
            {
                return refusal;
            }

            if (value.Check(member.Value)?.At(member.Name) is { } inside)
            {
                return inside;
            }
        }

        return null;
    }

    Refusal? CheckName(string name) => name.Length <= maxName
        ? null
        : new("property_name_above_max_length",
            $"Invalid '{{path}}': property name too long. "
            + $"Expected a property name with maximum length {maxName}, but got one with length {name.Length} "
            + "instead.");
}
