namespace OpenAIWorker.Delivery.Broker.Fast;

/// <summary>
/// Checks the headers of messages while the broker's frames arrive, and repairs those at which RabbitMQ.Client would
/// close the connection or overflow its stack: such a message would come back and close the next connection. Only
/// single bytes are changed, so all lengths stay correct.
/// </summary>
sealed class ReadableHeaders
{
    /// <summary>A decimal with more places is cut to this number: .NET supports no more.</summary>
    public const byte MostPlaces = 28;

    /// <summary>A list or table nested deeper than this becomes plain bytes.</summary>
    public const int Deepest = 32;

    const byte HeaderFrame = 2;
    const long ClassWeightAndSize = 2 + 2 + 8;
    const uint HasContentType = 0x8000;
    const uint HasHeaders = 0x2000;

    readonly IEnumerator<long> steps;
    readonly Stack<(long End, bool IsTable)> open = new();
    Memory<byte> piece;
    int at;
    long passed;
    long wanted;

    // The last four bytes that were read in a step.
    uint number;

    public ReadableHeaders()
    {
        steps = Steps().GetEnumerator();
        Step();
    }

    /// <summary>
    /// Changes the next bytes of the connection in place. A frame may begin and end anywhere in them.
    /// </summary>
    public void Mend(Memory<byte> next)
    {
        (piece, at) = (next, 0);
        while (at < piece.Length)
        {
            var count = (int)Math.Min(wanted, piece.Length - at);
            Pass(piece.Span.Slice(at, count));
            if (wanted == 0)
                Step();
        }
        piece = default;
    }

    void Pass(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes[Math.Max(0, bytes.Length - sizeof(uint))..])
            number = (number << 8) | one;
        (at, passed, wanted) = (at + bytes.Length, passed + bytes.Length, wanted - bytes.Length);
    }

    void Step()
    {
        do
        {
            steps.MoveNext();
            wanted = steps.Current;
            number = 0;
        }
        while (wanted == 0);
        // A frame whose content contradicts its length: the client must report it, and nothing after it can be
        // followed.
        if (wanted < 0)
            wanted = long.MaxValue;
    }

    void Change(byte last) => piece.Span[at - 1] = last;

    // Each step says how many bytes come next, and continues after them.
    IEnumerable<long> Steps()
    {
        while (true)
        {
            yield return 1;
            var isHeader = number == HeaderFrame;
            yield return sizeof(ushort);
            yield return sizeof(uint);
            var end = passed + number;
            if (isHeader)
                foreach (var step in Properties(end))
                    yield return step;
            // One more byte ends the frame.
            yield return end + 1 - passed;
        }
    }

    IEnumerable<long> Properties(long end)
    {
        yield return ClassWeightAndSize;
        yield return sizeof(ushort);
        var flags = number;
        // The content type and the encoding come before the headers.
        for (var flag = HasContentType; flag > HasHeaders; flag >>= 1)
        {
            if ((flags & flag) == 0)
                continue;
            yield return 1;
            yield return number;
        }
        if ((flags & HasHeaders) == 0)
            yield break;
        yield return sizeof(uint);
        open.Push((passed + number, true));
        while (open.TryPeek(out var around))
        {
            if (passed >= around.End)
            {
                open.Pop();
                continue;
            }
            if (around.IsTable)
            {
                yield return 1;
                yield return number;
            }
            yield return 1;
            switch ((char)number)
            {
                case 'D':
                    yield return 1;
                    if (number > MostPlaces)
                        Change(MostPlaces);
                    yield return sizeof(uint);
                    break;
                case 'A' or 'F' when open.Count < Deepest:
                    var isTable = number == 'F';
                    yield return sizeof(uint);
                    open.Push((passed + number, isTable));
                    break;
                case 'A' or 'F' or 'S' or 'x':
                    if (number is 'A' or 'F')
                        Change((byte)'x');
                    yield return sizeof(uint);
                    yield return number;
                    break;
                case var type:
                    yield return Width(type) ?? end - passed;
                    break;
            }
        }
    }

    static long? Width(char type) => type switch
    {
        'V' => 0,
        't' or 'b' or 'B' => 1,
        's' or 'u' => 2,
        'I' or 'i' or 'f' => 4,
        'l' or 'd' or 'T' => 8,
        _ => null,
    };
}
