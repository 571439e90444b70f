using System.Text.Json;

namespace OpenAIWorker.Emulator;

static class Bodies
{
    /// <summary>The JSON object that was sent; nothing where there is no body.</summary>
    public static async Task<JsonElement> Read(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || request.ContentLength == 0)
            return default;
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            throw new ApiException(415, "Unsupported content type. Send application/json.", code: "unsupported_content_type");
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ApiException(400, "The body of your request is not a JSON object.");
        }
        catch (JsonException)
        {
            throw new ApiException(400, "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.");
        }
    }
}
