using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>An object whose member <c>type</c>, or another one, says which kind it is. A kind without a table is taken as it is.</summary>
sealed record Typed(string Name, string By, IReadOnlyDictionary<string, Group?> Kinds, string? Default = null) : Field(Name)
{
    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw WrongType(path, "an object", value);
        var kind = value.TryGetProperty(By, out var given) ? given.GetString() : Default;
        if (kind is null)
            throw Invalid($"Missing required parameter: '{path}.{By}'.", $"{path}.{By}", "missing_required_parameter");
        if (!Kinds.TryGetValue(kind, out var group))
            throw Invalid($"Invalid value: '{kind}'. Supported values are: {string.Join(", ", Kinds.Keys.Select(known => $"'{known}'"))}.", $"{path}.{By}", "invalid_value");
        group?.Check(value, path);
    }
}
