using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>True or false.</summary>
sealed record Truth(string Name) : Field(Name)
{
    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw WrongType(path, "a boolean", value);
    }
}
