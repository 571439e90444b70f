using System.Text.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Batch;

/// <summary>What an output holds of earlier runs.</summary>
static class EarlierEndings
{
    /// <summary>The ids of its jobs. A last line that was torn by the end of its run is cut off; the stream is left at its end.</summary>
    /// <exception cref="SettingsException">A line is no ending.</exception>
    public static async Task<JobIds> Read(FileStream stream, string path, CancellationToken cancellation)
    {
        var whole = EndOfWholeLines(stream);
        stream.SetLength(whole);
        stream.Position = 0;
        var done = new JobIds();
        using (var reader = new StreamReader(stream, leaveOpen: true))
        {
            for (var number = 1; await reader.ReadLineAsync(cancellation) is { } line; number++)
                done.Add(IdOf(line) ?? throw new SettingsException([$"{path} has no ending in line {number}, so it is no output of a batch. Name another file, or overwrite this one with --restart."]));
        }
        stream.Position = whole;
        return done;
    }

    static long EndOfWholeLines(FileStream stream)
    {
        for (var end = stream.Length; end > 0; end--)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n')
                return end;
        }
        return 0;
    }

    static string? IdOf(string line)
    {
        try
        {
            var json = JsonElement.Parse(line);
            return json.Member("ending") is null && json.Member("custom_id") is null ? null : json.Text("jobId") ?? json.Text("custom_id");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
