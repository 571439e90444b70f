using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>Reads JSON from an option's value.</summary>
static class OptionJson
{
    // Programs differ in which of two equal members they read, so the worker refuses them in messages too.
    static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    /// <exception cref="SettingsException">The value is not JSON, or has a member twice.</exception>
    public static JsonNode? Read(string option, string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Unambiguous);
        }
        catch (JsonException broken)
        {
            throw new SettingsException([$"{option} is not JSON: {broken.Message}"]);
        }
    }

    /// <summary>A number, or true or false.</summary>
    /// <exception cref="SettingsException">The value is neither.</exception>
    public static JsonNode? ReadSimple(string option, string text, string expected)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new SettingsException([$"{option} is '{text}'; expected: {expected}."]);
        }
    }
}
