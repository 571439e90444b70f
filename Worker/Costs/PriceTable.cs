using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Costs;

/// <summary>
/// A price list: a JSON object of models, in the format of LiteLLM's <c>model_prices_and_context_window.json</c>.
/// </summary>
sealed partial class PriceTable
{
    const string Meta = "_meta";

    static readonly Lazy<PriceTable> OwnList = new(() =>
    {
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream("openai-prices.json")!;
        return new(JsonDocument.Parse(stream).RootElement);
    });

    readonly Dictionary<string, ModelPrice> models = [];

    PriceTable(JsonElement json)
    {
        foreach (var model in json.EnumerateObject().Where(model => model.Value.ValueKind == JsonValueKind.Object))
        {
            if (model.Name == Meta)
                Observed = Text(model.Value, "observed");
            else
                models[model.Name] = new(Fields(model.Value), Text(model.Value, "mode"));
        }
    }

    /// <summary>OpenAI's prices at the time of this release.</summary>
    public static PriceTable BuiltIn => OwnList.Value;

    public string? Observed { get; }

    public IEnumerable<string> Names => models.Keys;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">The file is not a price list.</exception>
    public static PriceTable Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.ValueKind == JsonValueKind.Object
            ? new(json.RootElement)
            : throw new JsonException("It must begin with {.");
    }

    /// <summary>The model's price, or that of the model of which it is a dated version.</summary>
    public ModelPrice? For(string? model) =>
        model is null ? null : models.GetValueOrDefault(model) ?? models.GetValueOrDefault(Date().Replace(model, ""));

    static Dictionary<string, decimal> Fields(JsonElement model)
    {
        var fields = new Dictionary<string, decimal>();
        foreach (var field in model.EnumerateObject())
        {
            if (field.Name.Contains("cost", StringComparison.Ordinal) && field.Value.ValueKind == JsonValueKind.Number
                && field.Value.TryGetDecimal(out var price) && price >= 0)
                fields[field.Name] = price;
        }
        return fields;
    }

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Date();
}
