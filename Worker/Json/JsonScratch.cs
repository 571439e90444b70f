using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAIWorker.Json;

/// <summary>
/// A buffer with its writer, which the thread's next body reuses: a buffer for each body would be an eighth of a job's
/// allocations.
/// </summary>
sealed class JsonScratch
{
    const int First = 2048;

    // Larger buffers are not kept, and bodies are seldom nested deeper.
    const int Largest = 64 * 1024;
    const int Most = 4;

    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    static Stack<JsonScratch>? spare;

    [ThreadStatic]
    static Stack<JsonScratch>? spareReadable;

    readonly ArrayBufferWriter<byte> buffer = new(First);
    readonly bool isReadable;

    JsonScratch(bool isReadable) =>
        (this.isReadable, Json) = (isReadable, new(buffer, isReadable ? Readable : default));

    public Utf8JsonWriter Json { get; }

    /// <param name="isReadable">Whether letters outside of ASCII are written as they are, and not escaped.</param>
    public static JsonScratch Take(bool isReadable = false) =>
        Spare(isReadable) is { Count: > 0 } spares ? spares.Pop() : new(isReadable);

    /// <summary>The written bytes, until the buffer is returned.</summary>
    public ReadOnlySpan<byte> Written()
    {
        Json.Flush();
        return buffer.WrittenSpan;
    }

    public void GiveBack()
    {
        var spares = Spare(isReadable) ??= new(Most);
        if (spares.Count == Most || buffer.Capacity > Largest)
            return;
        buffer.ResetWrittenCount();
        Json.Reset();
        spares.Push(this);
    }

    static ref Stack<JsonScratch>? Spare(bool isReadable) => ref isReadable ? ref spareReadable : ref spare;
}
