using System.Globalization;

namespace OpenAIWorker.Emulator.Shapes;

sealed class NumberShape(double min, double max, bool isWhole) : Shape
{
    readonly string kind = isWhole ? "integer" : "decimal";

    public override string Noun => isWhole ? "an integer" : "a decimal";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.Number;

    protected override Refusal? CheckContent(JsonElement value)
    {
        // 3.0 is a whole number.
        if (isWhole && !(value.GetDouble() is var whole && Math.Floor(whole) == whole))
        {
            return WrongType(value);
        }

        return value.GetDouble() switch
        {
            var number when number < min => Outside("below_min", "below minimum", ">=", min, number),
            var number when number > max => Outside("above_max", "above maximum", "<=", max, number),
            _ => null,
        };
    }

    Refusal Outside(string code, string side, string sign, double bound, double number) =>
        new($"{kind}_{code}_value", string.Create(CultureInfo.InvariantCulture,
            $"Invalid '{{path}}': {kind} {side} value. Expected a value {sign} {bound}, but got {number} instead."));
}
