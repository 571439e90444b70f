using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>JSON that was typed as an option's value.</summary>
static class OptionJson
{
    /// <exception cref="SettingsException">It is none.</exception>
    public static JsonNode? Read(string option, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException broken)
        {
            throw new SettingsException([$"{option} is no JSON: {broken.Message}"]);
        }
    }
}
