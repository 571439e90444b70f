using System.Text.Json.Nodes;
using OpenAIWorker.Payloads;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>
/// Bytes of a job: an address, a payload in the worker's store, a file (sent inside the message), or the contract's own
/// JSON.
/// </summary>
static class Attachment
{
    // Base64 makes it a third larger, and RabbitMQ accepts messages up to 16 MiB by default.
    const long Most = 10 * 1024 * 1024;

    /// <param name="given">The option's value.</param>
    /// <param name="takesFileName">Whether the contract has a member for the file's name.</param>
    /// <exception cref="SettingsException">The file does not exist, or is too large.</exception>
    public static JsonObject Of(string given, bool takesFileName)
    {
        if (given.TrimStart().StartsWith('{'))
            return OptionJson.Read("The value", given) as JsonObject
                ?? throw new SettingsException([$"{given} is not a JSON object."]);
        if (IsAddress(given))
            return new() { ["url"] = given };
        if (!File.Exists(given) && PayloadId.IsOne(given))
            return new() { ["payload"] = new JsonObject { ["id"] = given } };
        using var file = GivenFile.Open(given);
        if (file.Length is 0 or > Most)
            throw new SettingsException([file.Length == 0
                ? $"The file {given} is empty."
                : $"The file {given} has {file.Length} bytes, but a message may have {Most}. Put it into the worker's "
                    + $"store (worker payload put {given}), and give its id instead of the file."]);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var attached = new JsonObject { ["base64"] = Convert.ToBase64String(bytes) };
        if (takesFileName)
            attached["fileName"] = Path.GetFileName(given);
        return attached;
    }

    static bool IsAddress(string given) =>
        given.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || given.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
