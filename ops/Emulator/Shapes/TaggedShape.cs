namespace OpenAIWorker.Emulator.Shapes;

/// <summary>
/// An object whose member <paramref name="tag"/> selects the case: a tool by type, a message by role.
/// </summary>
sealed class TaggedShape(string tag, (string Value, Shape Shape)[] cases, Func<JsonElement, string?>? whenOmitted)
    : Shape
{
    readonly string supported = Words.List(Array.ConvertAll(cases, option => option.Value));

    public override string Noun => "an object";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Object;

    protected override Refusal? CheckContent(JsonElement value)
    {
        if (!value.TryGetProperty(tag, out var found))
        {
            return whenOmitted?.Invoke(value) is { } meant
                ? Array.Find(cases, option => option.Value == meant).Shape.Check(value)
                : new Refusal("missing_required_parameter", "Missing required parameter: '{path}'.").At(tag);
        }

        if (found.ValueKind != JsonValueKind.String)
        {
            return ShapeWords.Text().Check(found)!.At(tag);
        }

        foreach (var (name, shape) in cases)
        {
            if (found.ValueEquals(name))
            {
                return shape.Check(value);
            }
        }

        return new Refusal("invalid_value", $"Invalid value: '{found.GetString()}'. Supported values are: {supported}.")
            .At(tag);
    }
}
