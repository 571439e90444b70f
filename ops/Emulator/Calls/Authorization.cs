namespace OpenAIWorker.Emulator.Calls;

/// <summary>Accepts any key, except one that starts with <c>sk-invalid</c>.</summary>
static class Authorization
{
    const string Scheme = "Bearer ";

    public static ApiError? Check(ApiCall call)
    {
        var header = call.Http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length == Scheme.Length)
        {
            return Refused("You didn't provide an API key. You need to provide your API key in an Authorization header "
                + "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
        }

        call.Key = header[Scheme.Length..];
        return call.Key.StartsWith("sk-invalid", StringComparison.Ordinal)
            ? Refused("Incorrect API key provided: sk-inval*****. "
                + "You can find your API key at https://platform.openai.com/account/api-keys.")
            : null;
    }

    static ApiError Refused(string message) => new(401, message) { Code = "invalid_api_key" };
}
