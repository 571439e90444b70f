using System.Text.Json;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// A file beside the output, only with a broker. It records which lines the broker already has, and the name of the
/// queue for their endings. So a run that was killed continues without sending, and paying for, a job twice.
/// </summary>
sealed class SentFile
{
    readonly string path;

    SentFile(string path, SentState state) => (this.path, State) = (path, state);

    public SentState State { get; private set; }

    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static SentFile Open(string output, bool restart)
    {
        var path = $"{output}.sent";
        if (restart || !File.Exists(path))
            return new(path, new(Guid.NewGuid().ToString("N"), 0, default(LineHash).ToString()));
        return FileRefusal.Of(path, () => Read(File.ReadAllText(path)) is { } state
            ? new SentFile(path, state)
            : throw new SettingsException(
                [
                    $"{path} is damaged, so the jobs that are with the broker are unknown. Delete it: jobs without "
                        + "an ending are then sent again, and those that are with the broker are paid twice. Or "
                        + "start again with --restart."]));
    }

    /// <summary>Writes the queue's name before the first job is sent.</summary>
    /// <exception cref="SettingsException">The file cannot be written.</exception>
    public void Begin() => FileRefusal.Of(path, () =>
    {
        Save();
        return true;
    });

    /// <summary>Records that the broker has all lines up to this one.</summary>
    /// <param name="line">The number of the line.</param>
    /// <param name="content">The hash of all these lines.</param>
    public void Sent(long line, LineHash content)
    {
        State = State with { Sent = line, Content = content.ToString() };
        Save();
    }

    void Save()
    {
        var next = $"{path}.new";
        File.Delete(next);
        using (var file = new FileStream(next, PrivateFile.New()))
        {
            JsonSerializer.Serialize(file, State);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Deletes the file: every job has its ending.</summary>
    public void Remove() => File.Delete(path);

    static SentState? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SentState>(text) is { Replies.Length: > 0, Sent: >= 0 } state
                && LineHash.TryRead(state.Content, out _) ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The contents of a <see cref="SentFile"/>.</summary>
sealed record SentState(string Replies, long Sent, string Content);
