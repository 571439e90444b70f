namespace OpenAIWorker.Emulator.Shapes;

sealed class ListShape(Shape item, int min, int max) : Shape
{
    public override string Noun => item switch
    {
        TextShape or ChoiceShape => "an array of strings",
        RecordShape or TaggedShape => "an array of objects",
        _ => "an array",
    };

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Array;

    protected override Refusal? CheckContent(JsonElement value)
    {
        var length = value.GetArrayLength();
        if (length < min)
        {
            return new("empty_array",
                $"Invalid '{{path}}': empty array. Expected an array with minimum length {min}, but got an empty "
                    + "array instead.");
        }

        if (length > max)
        {
            return new("array_above_max_length",
                $"Invalid '{{path}}': array too long. "
                + $"Expected an array with maximum length {max}, but got an array with length {length} instead.");
        }

        return CheckItems(value);
    }

    Refusal? CheckItems(JsonElement value)
    {
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (item.Check(element) is { } refusal)
            {
                return refusal.At(index);
            }

            index++;
        }

        return null;
    }
}
