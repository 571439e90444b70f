using System.Globalization;

namespace OpenAIWorker.Emulator.Shapes;

/// <summary>A number or Boolean in a form or a query, where everything is text.</summary>
sealed class SpelledShape(Shape meant) : Shape
{
    public override string Noun => meant.Noun;

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.String;

    protected override Refusal? CheckContent(JsonElement value) => meant.Check(Meant(value));

    // A text that is neither stays a text, which the expected shape then refuses.
    static JsonElement Meant(JsonElement value) => value.GetString() switch
    {
        ("true" or "false") and var truth => JsonElement.Parse(truth),
        var number when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
            && double.IsFinite(read) =>
            JsonSerializer.SerializeToElement(long.TryParse(number, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : (object)read),
        _ => value,
    };
}
