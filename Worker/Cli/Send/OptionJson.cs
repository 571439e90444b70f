using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>Reads JSON from an option's value.</summary>
static class OptionJson
{
    /// <exception cref="SettingsException">The value is not JSON.</exception>
    public static JsonNode? Read(string option, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException broken)
        {
            throw new SettingsException([$"{option} is not JSON: {broken.Message}"]);
        }
    }
}
