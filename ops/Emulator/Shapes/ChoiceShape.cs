namespace OpenAIWorker.Emulator.Shapes;

sealed class ChoiceShape(string[] values) : Shape
{
    readonly string supported = Words.List(values);

    public override string Noun => $"one of {supported}";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.String;

    protected override Refusal? CheckContent(JsonElement value) => Array.Exists(values, value.ValueEquals)
        ? null
        : new("invalid_value", $"Invalid value: '{value.GetString()}'. Supported values are: {supported}.");
}
