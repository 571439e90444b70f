using System.CommandLine;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Schemas;

/// <summary><c>schemas</c>: writes the contracts as schemas, for programs in any language.</summary>
static class SchemasCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder for the files, such as ops/asyncapi." };
        var command = new Command("schemas",
            "Writes an AsyncAPI document, and a JSON Schema for every message.") { folder };
        command.SetAction((parsed, cancellation) => Write(parsed.GetValue(folder)!, cancellation));
        return command;
    }

    static async Task<int> Write(string folder, CancellationToken cancellation)
    {
        if (File.Exists(folder))
            throw new SettingsException([$"{folder} is a file. Name a folder for the files."]);
        foreach (var (name, json) in SchemaFiles.All())
        {
            var path = Path.Combine(folder, name);
            Make(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, json, cancellation);
            Console.Out.WriteLine(path);
        }
        return ExitCodes.Success;
    }

    static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"The folder {folder} cannot be created: {FileRefusal.Reason(refused)}."]);
        }
    }
}
