using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Web.Door;

/// <summary>The JSON in a request's body.</summary>
static class JobBody
{
    /// <exception cref="FailureException">The body is not a JSON object.</exception>
    public static async Task<JsonElement> Read(HttpContext context)
    {
        using var whole = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, 1 << 20));
        // Limited by the server: Web:MaxJobBytes.
        await context.Request.Body.CopyToAsync(whole, context.RequestAborted);
        return JobText.Parse(whole.GetBuffer().AsSpan(0, (int)whole.Length), "The body", "Send it as UTF-8.");
    }
}
