using System.Buffers;
using System.ClientModel.Primitives;
using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Reads the body of an answer. Its size is limited: a few compressed bytes may expand without end.
/// </summary>
static class AnswerBody
{
    /// <summary>The limit of a body that is read while it arrives.</summary>
    public const int Most = 256 * 1024 * 1024;

    /// <summary>
    /// The limit of a body that is read into memory, where it exists twice, as bytes and as parsed values. Images
    /// arrive as text, and are stored elsewhere.
    /// </summary>
    public const int MostInMemory = 64 * 1024 * 1024;

    // An announced length may be wrong.
    const int MostReserved = 1024 * 1024;
    const int ReservedWithoutLength = 1024;

    /// <summary>The bytes as they arrive.</summary>
    public static Stream Arriving(PipelineResponse response) =>
        new BoundedStream(response.ContentStream ?? Stream.Null, Most, () => TooLarge(response.Status, Most));

    /// <summary>All bytes. A body of JSON may end with its object or list (<see cref="JsonAnswerStream"/>).</summary>
    public static async Task<ReadOnlyMemory<byte>> Whole(PipelineResponse response, TimeProvider clock,
        CancellationToken cancellation)
    {
        var length = LengthOf(response);
        var whole = new ArrayBufferWriter<byte>(Math.Clamp(length ?? ReservedWithoutLength, 1, MostReserved));
        await using var body = new JsonAnswerStream(response.ContentStream ?? Stream.Null, clock);
        while (whole.WrittenCount != length
            && await body.ReadAsync(whole.GetMemory(), cancellation) is > 0 and var read)
        {
            whole.Advance(read);
            if (whole.WrittenCount > MostInMemory)
                throw TooLarge(response.Status, MostInMemory);
        }
        return whole.WrittenMemory;
    }

    // A decompressed body has no length header.
    static int? LengthOf(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Length", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    // The next answer would be as large, and cost as much.
    static FailureException TooLarge(int status, int most) =>
        new(new(FailureKind.Permanent, FailureCodes.ResultTooLarge,
        $"The provider answered {status} with a body of more than {most} bytes. Ask for less at once.", Remedy.Sender)
        { Status = status });
}
