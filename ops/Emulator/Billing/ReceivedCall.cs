namespace OpenAIWorker.Emulator.Billing;

/// <summary>One received call and its outcome.</summary>
public sealed class ReceivedCall
{
    // Keeps a log of a thousand uploads from filling the memory.
    const int LongestKeptBody = 1024 * 1024;

    internal ReceivedCall(ApiCall call)
    {
        var request = call.Http.Request;
        Method = request.Method;
        Path = request.Path + request.QueryString;
        Headers = request.Headers.ToDictionary(
            header => header.Key,
            header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
                ? "***"
                : header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
        Job = call.Job;
        Model = call.Model;
        BodyLength = call.BodyLength;
        RawBody = call.RawBody.Length <= LongestKeptBody ? call.RawBody : default;
        Body = call.Body;
        ReceivedAt = call.ReceivedAt;
    }

    /// <summary>The HTTP method, such as POST.</summary>
    public string Method { get; }

    /// <summary>The path with its query, such as /v1/responses.</summary>
    public string Path { get; }

    /// <summary>The request's headers. The value of Authorization is not kept.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The header X-Client-Request-Id, or "".</summary>
    public string Job { get; }

    /// <summary>The model as the caller wrote it, or "" if the endpoint has none.</summary>
    public string Model { get; }

    /// <summary>The length of the body in bytes.</summary>
    public long BodyLength { get; }

    /// <summary>The body; empty if it was longer than 1 MiB or a form.</summary>
    public ReadOnlyMemory<byte> RawBody { get; }

    /// <summary>The body as JSON, with a form's files as objects; its kind is Undefined if it was neither.</summary>
    public JsonElement Body { get; }

    /// <summary>When the call came in.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>When its answer was ready to be sent.</summary>
    public DateTimeOffset AnsweredAt { get; internal set; }

    /// <summary>The status of the answer; 0 until there is one. It stays 0 if the connection was cut.</summary>
    public int Status { get; internal set; }

    /// <summary>The tokens counted against the token limit; 0 if the call was not billed.</summary>
    public int Charge { get; internal set; }

    /// <summary>Whether the call was processed and would be paid for.</summary>
    public bool IsBilled { get; internal set; }
}
