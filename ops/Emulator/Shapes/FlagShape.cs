namespace OpenAIWorker.Emulator.Shapes;

sealed class FlagShape : Shape
{
    public override string Noun => "a boolean";

    public override bool Takes(JsonValueKind kind) => kind is JsonValueKind.True or JsonValueKind.False;

    protected override Refusal? CheckContent(JsonElement value) => null;
}
