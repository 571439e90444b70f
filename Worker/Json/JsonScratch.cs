using System.Buffers;
using System.Text.Json;

namespace OpenAIWorker.Json;

/// <summary>
/// A buffer with its writer, used again by the thread's next body: buffers for each body would be an eighth of what a
/// job allocates.
/// </summary>
sealed class JsonScratch
{
    const int First = 2048;

    // Large ones are not worth keeping, and bodies are seldom nested deeper.
    const int Largest = 64 * 1024;
    const int Most = 4;

    [ThreadStatic]
    static Stack<JsonScratch>? spare;

    readonly ArrayBufferWriter<byte> buffer = new(First);

    JsonScratch() => Json = new(buffer);

    public Utf8JsonWriter Json { get; }

    public static JsonScratch Take() => spare is { Count: > 0 } ? spare.Pop() : new();

    /// <summary>What has been written, until it is given back.</summary>
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
