using System.Text.Json;
using System.Text.Unicode;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>Parses the JSON object of a line, and checks it so that nothing in it can fail later.</summary>
static class LineText
{
    /// <exception cref="FailureException">It is not a JSON object; the message says where.</exception>
    public static JsonElement Parse(RawLine line)
    {
        if (line.IsTooLong)
            throw Wrong(
                $"The line is longer than {LineReader.Longest} bytes. Send large content as a payload or an address.");
        var bytes = line.Bytes.Span;
        try
        {
            return JobText.Parse(bytes, "The line", "Save the file as UTF-8.");
        }
        catch (FailureException) when (HasOldBreaks(bytes) && Utf8.IsValid(bytes))
        {
            throw Wrong("The lines end with only a carriage return, as on old Macs. Convert them: "
                + @"tr '\r' '\n' < FILE > jobs.jsonl.");
        }
    }

    /// <summary>Whether several lines look like one, because only a carriage return separates them.</summary>
    public static bool HasOldBreaks(ReadOnlySpan<byte> line) =>
        line.TrimStart(" \t"u8) is [(byte)'{', ..] && line.IndexOf("}\r{"u8) >= 0;

    static FailureException Wrong(string message) =>
        new(new(FailureKind.Permanent, FailureCodes.Unreadable, message, Remedy.Sender));
}
