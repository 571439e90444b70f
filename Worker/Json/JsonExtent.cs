using System.Buffers;

namespace OpenAIWorker.Json;

/// <summary>
/// Follows JSON while it arrives, and knows when its one object or list is complete. It only counts brackets: a parser
/// finds out whether it is valid.
/// </summary>
sealed class JsonExtent
{
    static readonly SearchValues<byte> InTexts = SearchValues.Create("\"\\"u8);
    static readonly SearchValues<byte> Brackets = SearchValues.Create("\"{}[]"u8);

    int depth;
    bool hasBegun;
    bool isText;
    bool isEscaped;
    bool isOther;

    /// <summary>An object or a list came, completely, and nothing after it but white space.</summary>
    public bool IsWhole => hasBegun && depth == 0 && !isOther;

    public void Add(ReadOnlySpan<byte> piece)
    {
        while (!isOther && !piece.IsEmpty)
            piece = isText ? Text(piece) : depth > 0 ? Value(piece) : Around(piece);
    }

    // A mark of its order of bytes may come first.
    ReadOnlySpan<byte> Around(ReadOnlySpan<byte> piece)
    {
        piece = piece.TrimStart(" \t\r\n\uFEFF"u8);
        if (piece.IsEmpty)
            return piece;
        isOther = hasBegun || piece[0] is not ((byte)'{' or (byte)'[');
        (hasBegun, depth) = (true, 1);
        return piece[1..];
    }

    ReadOnlySpan<byte> Value(ReadOnlySpan<byte> piece)
    {
        if (piece.IndexOfAny(Brackets) is not (>= 0 and var at))
            return default;
        if (piece[at] == '"')
            isText = true;
        else
            depth += piece[at] is (byte)'{' or (byte)'[' ? 1 : -1;
        return piece[(at + 1)..];
    }

    ReadOnlySpan<byte> Text(ReadOnlySpan<byte> piece)
    {
        if (isEscaped)
        {
            isEscaped = false;
            return piece[1..];
        }
        if (piece.IndexOfAny(InTexts) is not (>= 0 and var at))
            return default;
        isEscaped = piece[at] == '\\';
        isText = isEscaped;
        return piece[(at + 1)..];
    }
}
