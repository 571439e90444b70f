using System.Globalization;
using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>A number in a range, whole or not.</summary>
sealed record Number(string Name, double Least = double.MinValue, double Most = double.MaxValue, bool IsWhole = false) : Field(Name)
{
    string What => IsWhole ? "integer" : "decimal";

    public static Number Whole(string name, double least = long.MinValue, double most = long.MaxValue) => new(name, least, most, true);

    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Number || IsWhole && !value.TryGetInt64(out _))
            throw WrongType(path, IsWhole ? "an integer" : "a decimal", value);
        var number = value.GetDouble();
        if (number > Most)
            throw OutOfRange(path, "above maximum", "<=", Most, number);
        if (number < Least)
            throw OutOfRange(path, "below minimum", ">=", Least, number);
    }

    ApiException OutOfRange(string path, string how, string sign, double bound, double number) => Invalid(
        string.Create(CultureInfo.InvariantCulture, $"Invalid '{path}': {What} {how} value. Expected a value {sign} {bound}, but got {number} instead."),
        path, $"{What}_{how.Replace("imum", "", StringComparison.Ordinal).Replace(' ', '_')}_value");
}
