namespace OpenAIWorker.Emulator;

/// <summary>Any key is good but one that says of itself that it is not.</summary>
static class Keys
{
    const string Bad = "sk-invalid";

    public static void Check(string? authorization)
    {
        if (authorization is not { Length: > 7 } || !authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            throw new ApiException(401, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.");
        if (authorization.StartsWith($"Bearer {Bad}", StringComparison.Ordinal))
            throw new ApiException(401, "Incorrect API key provided.", code: "invalid_api_key");
    }
}
