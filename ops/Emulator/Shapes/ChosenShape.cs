namespace OpenAIWorker.Emulator.Shapes;

/// <summary>An object whose table depends on its content, such as the family of its model.</summary>
sealed class ChosenShape(Func<JsonElement, Shape> choose) : Shape
{
    public override string Noun => "an object";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Object;

    protected override Refusal? CheckContent(JsonElement value) => choose(value).Check(value);
}
