using System.Text.Json;

namespace OpenAIWorker.Bench.Check;

/// <summary>The ratios in <c>ratios.json</c> beside this file, by round and figure.</summary>
static class StoredRatios
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    // From ops/Bench/bin/Release/net10.0.
    static string File => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Check/ratios.json"));

    public static Dictionary<string, Dictionary<string, double>> Read() => System.IO.File.Exists(File)
        ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(System.IO.File.ReadAllText(File))!
        : [];

    public static void Write(IReadOnlyDictionary<string, Dictionary<string, double>> ratios) =>
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(ratios, Layout) + "\n");
}
