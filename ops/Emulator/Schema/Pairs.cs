using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>OpenAI's <c>metadata</c>: at most 16 pairs, keys up to 64 and values up to 512 characters.</summary>
sealed record Pairs(string Name) : Field(Name)
{
    const int Most = 16;
    static readonly Text Value = new("", Most: 512);

    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw WrongType(path, "an object", value);
        var pairs = value.EnumerateObject().ToList();
        if (pairs.Count > Most)
            throw Invalid($"Invalid '{path}': too many properties. Expected an object with at most {Most} properties, but got {pairs.Count} instead.", path, "object_above_max_properties");
        foreach (var pair in pairs)
        {
            if (pair.Name.Length > 64)
                throw Invalid($"Invalid '{path}': key too long. Expected at most 64 characters, but got {pair.Name.Length}.", path, "string_above_max_length");
            Value.Check(pair.Value, $"{path}.{pair.Name}");
        }
    }
}
