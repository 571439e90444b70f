using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>A value that this emulator does not look into: an object, unless it may be something else.</summary>
sealed record Anything(string Name, bool IsObject = true) : Field(Name)
{
    public override void Check(JsonElement value, string path)
    {
        if (IsObject && value.ValueKind != JsonValueKind.Object)
            throw WrongType(path, "an object", value);
    }
}
