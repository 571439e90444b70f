using System.Text.Json;

namespace OpenAIWorker.Tests.Operations;

/// <summary>A file of the one byte <c>x</c>, as the emulator saw it in a form.</summary>
static class OneByteFile
{
    public static string Json(string name, string type) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["filename"] = name,
        ["bytes"] = 1,
        ["content_type"] = type,
        ["sha256"] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    });
}
