using System.Text;
using System.Text.Json;
using CsCheck;

namespace OpenAIWorker.Tests.Security.Fuzzing;

enum EditKind
{
    /// <summary>Replaces the value.</summary>
    Replace,

    /// <summary>The member occurs again, with another value.</summary>
    Repeat,

    /// <summary>An unknown member or entry stands beside the value.</summary>
    Add,

    /// <summary>The member is missing.</summary>
    Drop,
}

/// <summary>A change of a JSON document.</summary>
/// <param name="At">The index of the changed value, in the document's order; after the last one it starts
/// again.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Raw">The text that is written there, JSON or not.</param>
sealed record Edit(int At, EditKind Kind, string Raw)
{
    static readonly Gen<Edit> One = Gen.Select(
        Gen.Int[0, 400],
        Gen.FrequencyConst((6, EditKind.Replace), (1, EditKind.Repeat), (1, EditKind.Add), (1, EditKind.Drop)),
        HostileValues.Raw,
        (at, kind, raw) => new Edit(at, kind, raw));

    /// <summary>Several changes; often none or one, because several hide each other.</summary>
    public static readonly Gen<Edit[]> Some = Gen.Frequency((1, One.Array[0]), (5, One.Array[1]), (2, One.Array[2, 4]));

    /// <summary>The document, changed.</summary>
    public static string Apply(string json, IReadOnlyList<Edit> edits)
    {
        using var document = JsonDocument.Parse(json);
        var count = CountOf(document.RootElement);
        var writer = new Writer(edits.ToLookup(edit => edit.At % count));
        writer.Value(document.RootElement);
        return writer.Text.ToString();
    }

    static int CountOf(JsonElement value) => 1 + value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(member => CountOf(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(CountOf),
        _ => 0,
    };

    sealed class Writer(ILookup<int, Edit> edits)
    {
        int next;

        public StringBuilder Text { get; } = new();

        public void Value(JsonElement value, string? name = null)
        {
            var here = edits[next++].ToList();
            if (here.Exists(edit => edit.Kind == EditKind.Drop))
            {
                next += CountOf(value) - 1;
                return;
            }
            Begin(name);
            if (here.Find(edit => edit.Kind == EditKind.Replace) is { } instead)
            {
                next += CountOf(value) - 1;
                Text.Append(instead.Raw);
            }
            else
                Inside(value);
            foreach (var beside in here.Where(edit => edit.Kind is EditKind.Repeat or EditKind.Add))
            {
                Text.Append(',');
                Begin(beside.Kind == EditKind.Add && name is not null ? "nobodyKnows" : name);
                Text.Append(beside.Raw);
            }
        }

        void Begin(string? name)
        {
            if (Text.Length > 0 && Text[^1] is not ('{' or '[' or ',' or ':'))
                Text.Append(',');
            if (name is not null)
                Text.Append(JsonSerializer.Serialize(name)).Append(':');
        }

        void Inside(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    Text.Append('{');
                    foreach (var member in value.EnumerateObject())
                        Value(member.Value, member.Name);
                    Text.Append('}');
                    break;
                case JsonValueKind.Array:
                    Text.Append('[');
                    foreach (var entry in value.EnumerateArray())
                        Value(entry);
                    Text.Append(']');
                    break;
                default:
                    Text.Append(value.GetRawText());
                    break;
            }
        }
    }
}
