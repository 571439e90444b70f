namespace OpenAIWorker.Emulator.Shapes;

/// <summary>A value that is required but may be null.</summary>
sealed class NullableShape(Shape shape) : Shape
{
    public override string Noun => shape.Noun;

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Null || shape.Takes(kind);

    protected override Refusal? CheckContent(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? null : shape.Check(value);
}
