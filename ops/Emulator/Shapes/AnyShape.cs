namespace OpenAIWorker.Emulator.Shapes;

/// <summary>A value that the emulator does not check: any JSON, or any object.</summary>
sealed class AnyShape(bool mustBeObject) : Shape
{
    public override string Noun => mustBeObject ? "an object" : "a value";

    public override bool Takes(JsonValueKind kind) => !mustBeObject || kind == JsonValueKind.Object;

    protected override Refusal? CheckContent(JsonElement value) => null;
}
