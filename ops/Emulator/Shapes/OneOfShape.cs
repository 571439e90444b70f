namespace OpenAIWorker.Emulator.Shapes;

/// <summary>Alternatives that differ in their JSON type, such as a string or an array of parts.</summary>
sealed class OneOfShape(Shape[] alternatives) : Shape
{
    public override string Noun => $"one of {string.Join(" or ", alternatives.Select(shape => shape.Noun))}";

    public override bool Takes(JsonValueKind kind) => Array.Exists(alternatives, shape => shape.Takes(kind));

    protected override Refusal? CheckContent(JsonElement value)
    {
        Refusal? refusal = null;
        foreach (var alternative in alternatives)
        {
            if (!alternative.Takes(value.ValueKind))
            {
                continue;
            }

            refusal = alternative.Check(value);
            if (refusal is null)
            {
                return null;
            }
        }

        return refusal;
    }
}
