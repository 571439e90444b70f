using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>An object with known members; others are refused, as OpenAI does.</summary>
sealed record Group(string Name, params IReadOnlyList<Field> Fields) : Field(Name)
{
    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw WrongType(path, "an object", value);
        foreach (var member in value.EnumerateObject())
        {
            var here = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            var field = Fields.FirstOrDefault(field => field.Name == member.Name) ?? throw Invalid($"Unknown parameter: '{here}'.", here, "unknown_parameter");
            if (member.Value.ValueKind != JsonValueKind.Null || field.IsRequired)
                field.Check(member.Value, here);
        }
        foreach (var field in Fields.Where(field => field.IsRequired && !value.TryGetProperty(field.Name, out _)))
        {
            var here = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            throw Invalid($"Missing required parameter: '{here}'.", here, "missing_required_parameter");
        }
    }
}
