using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace OpenAIWorker.Settings;

/// <summary>A file of settings. It is read once; later changes apply when <see cref="Take"/> provides them.</summary>
/// <param name="path">The file.</param>
/// <param name="namedBy">Where the file is named, for error messages.</param>
/// <param name="mayMiss">Whether the file may be missing.</param>
sealed class SettingsFile(string path, string namedBy, bool mayMiss = false)
    : JsonStreamConfigurationProvider(new JsonStreamConfigurationSource()), IConfigurationSource
{
    // Resolved against the directory in which the program started, because the program may leave it.
    readonly string full = path.Length == 0 ? path : Path.GetFullPath(path);

    public string Name => path;

    /// <summary>The file's values that the running worker uses.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Values => Data;

    /// <summary>Changes when the file changes; null if it cannot be read.</summary>
    public string? Fingerprint => FingerprintOf(full);

    /// <summary>The fingerprint of the content that was read.</summary>
    public string? Taken { get; private set; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <exception cref="SettingsException">The file cannot be read, or holds no settings.</exception>
    public override void Load()
    {
        try
        {
            if (mayMiss && !File.Exists(full))
                return;
            // Not with a file provider, which treats a name that begins with a dot as missing.
            var bytes = File.ReadAllBytes(full);
            Taken = FingerprintOf(bytes);
            Load(new MemoryStream(bytes));
            // The binder would replace a default by nothing: without Broker:Prefix, by queues without a name.
            Data = Data.Where(given => given.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException(
                [
                    $"The settings file '{path}' ({namedBy}) cannot be read: {Why(broken)} Name a JSON file that the "
                        + "worker's user may read."]);
        }
        catch (Exception unfit) when (unfit is JsonException or FormatException or InvalidDataException)
        {
            throw new SettingsException(
                [$"The settings file '{path}' ({namedBy}) is not a JSON object of settings: {unfit.Message}"]);
        }
    }

    /// <summary>Replaces its values.</summary>
    public void Take(IEnumerable<KeyValuePair<string, string?>> values)
    {
        Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }

    /// <inheritdoc cref="Fingerprint"/>
    public static string? FingerprintOf(string path)
    {
        try
        {
            return FingerprintOf(File.ReadAllBytes(path));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    static string FingerprintOf(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    static string Why(Exception broken) => broken switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        _ => broken.Message,
    };
}
