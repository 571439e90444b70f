using System.Text.RegularExpressions;
using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>Shapes that several endpoints share.</summary>
static partial class CommonFields
{
    public static readonly Shape Model = Text(min: 1);
    public static readonly Shape Name = Text(min: 1, max: 64, NamePattern);
    public static readonly Shape FunctionName = Text(min: 1, max: 128, NamePattern);
    public static readonly Shape Metadata = Map(Text(max: 512), maxPairs: 16, maxName: 64);
    public static readonly Shape ReasoningEffort = Choice("none", "minimal", "low", "medium", "high", "xhigh", "max");
    public static readonly Shape Verbosity = Choice("low", "medium", "high");
    /// <summary>Marks the end of what the prompt cache keeps.</summary>
    public static readonly Field CacheBreakpoint = Optional("prompt_cache_breakpoint",
        Record(Required("mode", Choice("explicit"))));

    public static readonly Shape CacheOptions = Record(Optional("ttl", Choice("30m")),
        Optional("mode", Choice("implicit", "explicit")));

    public static readonly Shape PictureUrl = Text(min: 1, pattern: PictureUrlPattern);

    /// <summary>The emulator does not stream, and refuses a request that asks for it.</summary>
    public static Refusal? NoStream(JsonElement body) => body.IsTrue("stream") ? Streams("stream") : null;

    public static Refusal Streams(string field) =>
        new Refusal("unsupported_value", "This emulator does not stream: leave '{path}' out or set it to false.")
            .At(field);

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    static partial Regex NamePattern { get; }

    [GeneratedRegex("^(https?://|data:image/)")]
    static partial Regex PictureUrlPattern { get; }
}
