using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>A <see cref="JobState"/> as the text of a header: JSON, compressed if it is long.</summary>
static class JobStateHeader
{
    /// <summary>All headers of a message share one AMQP frame of 128 KB.</summary>
    public const int Longest = 96 * 1024;

    // A small header must not become a large state; a larger state is never written.
    const int LongestRead = 4 * 1024 * 1024;

    const int WorthIt = 1024;

    public static string Write(JobState state)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state, JobStateJson.Default.JobState);
        return json.Length < WorthIt ? Encoding.UTF8.GetString(json) : Convert.ToBase64String(Compressed(json));
    }

    /// <summary>Whether it can be written and read again.</summary>
    public static bool Fits(JobState state)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state, JobStateJson.Default.JobState);
        return json.Length <= LongestRead && IsFit(state)
            && (json.Length < WorthIt || Base64.GetMaxEncodedToUtf8Length(Compressed(json).Length) <= Longest);
    }

    /// <summary>Null: no worker wrote this text.</summary>
    public static JobState? Read(string text) => Parse(text) is { } state && IsFit(state) ? state : null;

    // A worker's state is complete; a sender's may lack anything.
    static bool IsFit(JobState state) =>
        state is
        {
            Step: >= 0, Rounds: >= 0, Background: null or { Id.Length: > 0 },
            Polling: null or { Path.Length: > 0 }
        }
        && (state.Calls ?? []).All(call =>
            call is { Id.Length: > 0, Call: { Id: not null, Name: not null, Arguments: not null } })
        && (state.Said ?? []).All(message => message is not null)
        && (state.Items ?? []).All(items => items?.All(item => item.ValueKind == JsonValueKind.Object) == true)
        && (state.Earlier?.Files ?? []).All(file => file is not null)
        && state.Assistant is null or { ValueKind: JsonValueKind.Object };

    static JobState? Parse(string text)
    {
        try
        {
            return text.StartsWith('{')
                ? JsonSerializer.Deserialize(text, JobStateJson.Default.JobState)
                : Unpacked(Convert.FromBase64String(text));
        }
        catch (Exception unfit) when (
            unfit is JsonException or FormatException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    static byte[] Compressed(byte[] json)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(json);
        return packed.ToArray();
    }

    static JobState? Unpacked(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var json = ArrayPool<byte>.Shared.Rent(LongestRead);
        try
        {
            return JsonSerializer.Deserialize(json.AsSpan(0,
                brotli.ReadAtLeast(json, LongestRead, throwOnEndOfStream: false)), JobStateJson.Default.JobState);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }
}
