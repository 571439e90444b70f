namespace OpenAIWorker.Emulator.Calls;

/// <summary>
/// OpenAI's error body: <c>{"error":{message, type, param, code}}</c>, with the status it comes with.
/// </summary>
sealed record ApiError(int Status, string Message)
{
    public string Type { get; init; } = "invalid_request_error";
    public string? Code { get; init; }
    public string? Param { get; init; }
    public TimeSpan? RetryAfter { get; init; }

    public static ApiError UnknownUrl(HttpRequest request) =>
        new(404, $"Invalid URL ({request.Method} {request.Path})");

    public static ApiError WrongMethod(HttpRequest request) =>
        new(405,
            $"Not allowed to {request.Method} on {request.Path}. (HINT: Perhaps you meant to use a different HTTP "
                + "method?)")
        {
            Code = "method_not_supported",
        };

    public static ApiError NotJson { get; } = new(400,
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
            + "library correctly. "
        + "The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)");

    public static ApiError WrongContentType(string? found, string expected = "application/json") => new(400,
        $"Unsupported content type: '{found}'. This API method only accepts '{expected}' requests, "
        + $"but you specified the header 'Content-Type: {found}'. Please try again with a supported content type.")
    {
        Code = "unsupported_content_type",
    };

    public static ApiError BodyTooLarge(long limit) => new(413, $"Maximum content size limit ({limit}) exceeded.");

    public static ApiError NotFound(string what, string id) => new(404, $"{what} with id '{id}' not found.");
}
