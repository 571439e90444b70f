using System.Buffers;
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

    [ThreadStatic]
    static Stack<JsonScratch>? spare;

    readonly ArrayBufferWriter<byte> buffer = new(First);

    JsonScratch() => Json = new(buffer);

    public Utf8JsonWriter Json { get; }

    public static JsonScratch Take() => spare is { Count: > 0 } ? spare.Pop() : new();

    /// <summary>The written bytes, until the buffer is returned.</summary>
    public ReadOnlySpan<byte> Written()
    {
        Json.Flush();
        return buffer.WrittenSpan;
    }

    public void GiveBack()
    {
        spare ??= new(Most);
        if (spare.Count == Most || buffer.Capacity > Largest)
            return;
        buffer.ResetWrittenCount();
        Json.Reset();
        spare.Push(this);
    }
}
