namespace OpenAIWorker.Jobs.Lines;

/// <summary>A line as it stands in the file, without its end.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">The line; of one that is too long, its beginning.</param>
/// <param name="IsTooLong">Whether it is longer than <see cref="LineReader.Longest"/>.</param>
readonly record struct RawLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong = false);
