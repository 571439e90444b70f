using System.Text.Json;

namespace OpenAIWorker.Bench.Check;

/// <summary>The figures of <c>figures.json</c>, which is beside this file: by round, and by figure.</summary>
static class StoredFigures
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    // From ops/Bench/bin/Release/net10.0.
    static string File => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Check/figures.json"));

    public static Dictionary<string, Dictionary<string, double>> Read() => System.IO.File.Exists(File)
        ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(System.IO.File.ReadAllText(File))!
        : [];

    public static void Write(IReadOnlyDictionary<string, Dictionary<string, double>> figures) =>
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(figures, Layout) + "\n");
}
