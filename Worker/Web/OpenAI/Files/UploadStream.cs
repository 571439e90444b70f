using Microsoft.AspNetCore.Http;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Web.OpenAI.Files;

/// <summary>Counts the bytes that are read through it, and stops at a limit.</summary>
sealed class UploadStream(Stream inner, long most) : ReadOnceStream
{
    public long Count { get; private set; }

    /// <summary>Makes the error for too many bytes.</summary>
    public Func<long, WebProblemException> TooMany { get; init; } = most =>
        new WebProblem(StatusCodes.Status413PayloadTooLarge, "too_large",
            $"The file has more than {most} bytes, which is the limit (Web:MaxFileBytes).")
        { Member = "file" }.Thrown();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Read(buffer, cancellationToken);
        Count += read;
        return Count <= most ? read : throw TooMany(most);
    }

    // Wrapped, because the store that reads here would otherwise be blamed.
    async Task<int> Read(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellation);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooMany(most);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw ApiError.Invalid("file", "The upload ended too early.");
        }
    }
}
