using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>Saves the results of a job as files: <c>--save</c>.</summary>
static class SavedFiles
{
    /// <exception cref="SettingsException">The file cannot be written.</exception>
    public static void CheckTarget(string option, string? file)
    {
        if (file is null)
            return;
        if (file.Length == 0 || Directory.Exists(file))
            throw new SettingsException([$"{option} is '{file}', which is not a file name."]);
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            throw new SettingsException([$"{option} is '{file}', and there is no folder {folder}."]);
    }

    /// <summary>
    /// Whether everything is written. If not, the reason is printed, and the ending can still be shown.
    /// </summary>
    public static async Task<bool> Save(JsonElement ending, string file, IReadOnlyList<string> settings,
        CancellationToken cancellation)
    {
        try
        {
            var made = EndingFiles.In(ending).ToList();
            await using var services = WorkerHost.Settings(settings).Services.AddPayloads().BuildServiceProvider();
            for (var i = 0; i < made.Count; i++)
                await Write(made.Count == 1 ? file : Numbered(file, i + 1), await Open(services, made[i], cancellation),
                    cancellation);
            if (made.Count == 0)
                await Write(file, new MemoryStream(Encoding.UTF8.GetBytes(ending.Text("text") ?? ending.GetRawText())),
                    cancellation);
            return true;
        }
        catch (FailureException away)
        {
            Told.Error($"The answer arrived, but could not be saved: {away.Failure.Message}");
            return false;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            Told.Error($"The answer arrived, but could not be saved to {file}: {FileRefusal.Reason(full)}.");
            return false;
        }
    }

    static async Task<Stream> Open(IServiceProvider services, BinaryOutput made, CancellationToken cancellation) =>
        made.Payload is not { } payload
        ? new MemoryStream(Convert.FromBase64String(made.Base64 ?? ""))
        : (await services.GetRequiredService<IPayloadStore>().Open(payload.Id, cancellation))?.Content
            ?? throw PayloadFailures.Invalid("payload",
                $"{payload.Id} is not in the store that these settings name. Give the worker's own (Payloads:Store, "
                    + "Payloads:Folder).");

    static async Task Write(string file, Stream content, CancellationToken cancellation)
    {
        await using (content)
        {
            await using var target = File.Create(file);
            await content.CopyToAsync(target, cancellation);
            Told.Error($"{file}: {target.Length} bytes");
        }
    }

    static string Numbered(string file, int number) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "",
            $"{Path.GetFileNameWithoutExtension(file)}-{number}{Path.GetExtension(file)}");
}
