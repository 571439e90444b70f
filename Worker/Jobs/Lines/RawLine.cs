namespace OpenAIWorker.Jobs.Lines;

/// <summary>A line of the file, without its line end.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">The line; if it is too long, only its beginning.</param>
/// <param name="IsTooLong">Whether it is longer than <see cref="LineReader.Longest"/>.</param>
readonly record struct RawLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong = false);
