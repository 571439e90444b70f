using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>A string, or an array, or an object: what the value is says which of the alternatives it must be.</summary>
sealed record Either(string Name, Field? Text = null, Field? Array = null, Field? Object = null) : Field(Name)
{
    public override void Check(JsonElement value, string path)
    {
        var alternative = value.ValueKind switch
        {
            JsonValueKind.String => Text,
            JsonValueKind.Array => Array,
            JsonValueKind.Object => Object,
            _ => null,
        };
        (alternative ?? throw WrongType(path, $"one of {Allowed}", value)).Check(value, path);
    }

    string Allowed => string.Join(" or ", new[] { Text is null ? null : "a string", Array is null ? null : "an array", Object is null ? null : "an object" }.OfType<string>());
}
