using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace OpenAIWorker.Settings;

/// <summary>
/// A file of settings. It is read once; what changed in it since is taken when <see cref="Take"/> gives it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="namedBy">What names it, for a sentence.</param>
/// <param name="mayMiss">Whether there may be none.</param>
sealed class SettingsFile(string path, string namedBy, bool mayMiss = false)
    : JsonStreamConfigurationProvider(new JsonStreamConfigurationSource()), IConfigurationSource
{
    // As it is from where the program was started, which it may leave.
    readonly string full = path.Length == 0 ? path : Path.GetFullPath(path);

    public string Name => path;

    /// <summary>What the running worker has from it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Values => Data;

    /// <summary>Tells whether it changed since; null where it cannot be read.</summary>
    public string? Fingerprint => FingerprintOf(full);

    /// <summary>The fingerprint of what was read.</summary>
    public string? Taken { get; private set; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <exception cref="SettingsException">It cannot be read, or holds no settings.</exception>
    public override void Load()
    {
        try
        {
            if (mayMiss && !File.Exists(full))
                return;
            // Read here: a provider of files would take one whose name begins with a dot for absent.
            var bytes = File.ReadAllBytes(full);
            Taken = FingerprintOf(bytes);
            Load(new MemoryStream(bytes));
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
                [$"The settings file '{path}' ({namedBy}) is no JSON object of settings: {unfit.Message}"]);
        }
    }

    /// <summary>From now on these are its values.</summary>
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
