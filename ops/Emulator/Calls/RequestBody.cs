namespace OpenAIWorker.Emulator.Calls;

static class RequestBody
{
    /// <summary>Reads the body into the call as bytes and as JSON, or returns the error.</summary>
    public static async ValueTask<ApiError?> Read(ApiCall call, long limit)
    {
        var request = call.Http.Request;
        if (request.ContentLength > limit)
        {
            return ApiError.BodyTooLarge(limit);
        }

        if (await ReadBytes(request, limit, call.Http.RequestAborted) is not { } bytes)
        {
            return ApiError.BodyTooLarge(limit);
        }

        call.RawBody = bytes;
        call.BodyLength = bytes.Length;
        return request.HasJsonContentType() ? Parse(call) : ApiError.WrongContentType(request.ContentType);
    }

    static async ValueTask<byte[]?> ReadBytes(HttpRequest request, long limit, CancellationToken cancellation)
    {
        if (request.ContentLength is { } known)
        {
            var exact = new byte[known];
            await request.Body.ReadExactlyAsync(exact, cancellation);
            return exact;
        }

        using var grown = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellation) is > 0 and var read)
        {
            if (grown.Length + read > limit)
            {
                return null;
            }

            grown.Write(chunk, 0, read);
        }

        return grown.ToArray();
    }

    static ApiError? Parse(ApiCall call)
    {
        try
        {
            call.Body = JsonElement.Parse(call.RawBody.Span);
            return null;
        }
        catch (JsonException)
        {
            return ApiError.NotJson;
        }
    }
}
