using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>A filter on the attributes of files: comparisons, joined by and and or.</summary>
static class SearchFilter
{
    static readonly Shape Value = OneOf(Text(), Flag, Number(double.MinValue, double.MaxValue),
        ListOf(OneOf(Text(), Number(double.MinValue, double.MaxValue))));

    static readonly Shape Comparison = Record(Required("type", Text()), Required("key", Text()),
        Required("value", Value));

    // The shape contains itself, so it is looked up only when needed.
    static readonly Shape Inner = Chosen(_ => Shape!);

    static readonly Shape Compound = Record(Required("type", Text()), Required("filters", ListOf(Inner)));

    public static readonly Shape Shape = Tagged("type", [
        .. from name in (string[])["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"] select (name, Comparison),
        ("and", Compound),
        ("or", Compound),
    ]);
}
