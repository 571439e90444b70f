using System.CommandLine;

namespace OpenAIWorker.Cli.Schemas;

/// <summary><c>schemas</c>: writes the contracts down for programs in any language.</summary>
static class SchemasCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where the files go, such as ops/asyncapi." };
        var command = new Command("schemas", "Writes an AsyncAPI document, and a JSON Schema of every message.") { folder };
        command.SetAction((parsed, cancellation) => Write(parsed.GetValue(folder)!, cancellation));
        return command;
    }

    static async Task<int> Write(string folder, CancellationToken cancellation)
    {
        foreach (var (name, json) in SchemaFiles.All())
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, json, cancellation);
            Console.Out.WriteLine(path);
        }
        return ExitCodes.Success;
    }
}
