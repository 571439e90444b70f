using System.Text.Json;

namespace OpenAIWorker.Demo;

/// <summary>
/// The function that the demo's assistant may call: this program, which the worker starts again for each call.
/// </summary>
static class ParcelDesk
{
    public const string Function = "track_parcel";

    static readonly IReadOnlyList<string> Places = ["Basel", "Bern", "Genève", "Lugano", "Zürich"];

    public static IReadOnlyList<string> Settings =>
    [
        "--Tools:AllowCommands=true",
        $"--Tools:Functions:{Function}"
            + $":Command={Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "demo.exe" : "demo")}",
        $"--Tools:Functions:{Function}:Arguments={Function}",
    ];

    /// <summary>Reads the call's arguments from standard input, and writes its answer to standard output.</summary>
    public static void Answer()
    {
        var number = JsonElement.Parse(Console.In.ReadToEnd()).GetProperty("number").GetString()!;
        Console.WriteLine(
            $$"""{"number":"{{JsonEncodedText.Encode(number)}}","place":"{{Places[number.Sum(digit => digit) % Places.Count]}}"}""");
    }
}
