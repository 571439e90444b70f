using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>An array.</summary>
sealed record Several(string Name, Field Item, int Least = 0, int Most = int.MaxValue) : Field(Name)
{
    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw WrongType(path, "an array", value);
        var count = value.GetArrayLength();
        if (count < Least)
            throw Invalid($"Invalid '{path}': {(count == 0 ? "empty array" : "array too short")}. Expected an array with minimum length {Least}, but got one with length {count} instead.", path, "empty_array");
        if (count > Most)
            throw Invalid($"Invalid '{path}': array too long. Expected an array with maximum length {Most}, but got one with length {count} instead.", path, "array_above_max_length");
        foreach (var (index, item) in value.EnumerateArray().Index())
            Item.Check(item, $"{path}[{index}]");
    }
}
