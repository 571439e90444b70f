using System.Text.Json;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Compares an ending with the members that it must have: objects and lists member by member, <c>~text</c> if a text
/// must contain it, <c>*</c> if there must be any value, null if there must be none.
/// </summary>
static class Right
{
    public static void Check(JsonElement right, JsonElement seen, string where)
    {
        switch (right.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in right.EnumerateObject())
                    Check(member.Value, seen.ValueKind == JsonValueKind.Object
                        && seen.TryGetProperty(member.Name, out var value) ? value : default, $"{where}.{member.Name}");
                break;
            case JsonValueKind.Array:
                Assert.True(seen.ValueKind == JsonValueKind.Array && seen.GetArrayLength() == right.GetArrayLength(),
                    $"{where} is {seen}");
                foreach (var (index, item) in right.EnumerateArray().Index())
                    Check(item, seen[index], $"{where}[{index}]");
                break;
            case JsonValueKind.Null:
                Assert.True(seen.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null, $"{where} is {seen}");
                break;
            case JsonValueKind.String when right.GetString() is "*":
                Assert.True(seen.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null),
                    $"{where} is absent");
                break;
            case JsonValueKind.String when right.GetString() is ['~', .. var part]:
                Assert.True(seen.ValueKind == JsonValueKind.String
                    && seen.GetString()!.Contains(part, StringComparison.Ordinal),
                    $"{where} is {seen}, and lacks '{part}'");
                break;
            default:
                Assert.True(seen.ValueKind != JsonValueKind.Undefined && JsonElement.DeepEquals(right, seen),
                    $"{where} is {(seen.ValueKind == JsonValueKind.Undefined ? "absent" : seen)}, not {right}");
                break;
        }
    }
}
