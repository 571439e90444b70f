using System.Security.Cryptography;
using System.Text.Json;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// Beside the output, for a broker only: which lines are with the broker already, and the name of the queue that their endings come to.
/// A run that was killed goes on from it without sending, and paying for, a job twice.
/// </summary>
sealed class SentFile
{
    readonly string path;

    SentFile(string path, SentState state) => (this.path, State) = (path, state);

    public SentState State { get; private set; }

    public static SentFile Open(string output, string input, bool restart)
    {
        var path = $"{output}.sent";
        var identity = Identity(input);
        if (restart || !File.Exists(path))
            return new(path, new(Guid.NewGuid().ToString("N"), identity, 0));
        var state = JsonSerializer.Deserialize<SentState>(File.ReadAllText(path))!;
        return state.Input == identity
            ? new(path, state)
            : throw new SettingsException([$"{input} is not the file that {path} was made from. Give that one, name another output, or begin again with --restart."]);
    }

    /// <summary>All lines up to this one are with the broker.</summary>
    public void Sent(long line)
    {
        State = State with { Sent = line };
        var next = $"{path}.new";
        File.WriteAllText(next, JsonSerializer.Serialize(State));
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Every job has its ending.</summary>
    public void Remove() => File.Delete(path);

    // Lines may be added at the end between two runs; what was there must still be there.
    static string Identity(string input)
    {
        if (input == "-")
            return "-";
        Span<byte> head = new byte[1 << 12];
        using var stream = File.OpenRead(input);
        var line = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var end = line.IndexOf((byte)'\n');
        return Convert.ToHexStringLower(SHA256.HashData(end < 0 ? line : line[..end]));
    }
}

/// <summary>The contents of a <see cref="SentFile"/>.</summary>
sealed record SentState(string Replies, string Input, long Sent);
