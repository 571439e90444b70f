using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.OpenAI;

/// <summary>Requests and answers in OpenAI's shapes.</summary>
static class ApiJson
{
    public const string ContentType = "application/json";

    public static Task Write(HttpContext context, JsonNode body)
    {
        context.Response.ContentType = ContentType;
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>A page of a list, from a query for one more than the limit.</summary>
    public static JsonObject Page<T>(List<T> found, int limit, Func<T, JsonObject> shape)
    {
        var data = found.Take(limit).Select(shape).ToList();
        return new()
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["first_id"] = data.Count > 0 ? (string?)data[0]["id"] : null,
            ["last_id"] = data.Count > 0 ? (string?)data[^1]["id"] : null,
            ["has_more"] = found.Count > limit,
        };
    }

    /// <summary>The requested size of a list.</summary>
    public static int Limit(HttpRequest request, int usual, int most)
    {
        if (request.Query["limit"].ToString() is not { Length: > 0 } given)
            return usual;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1
            && limit <= most
            ? limit
            : throw ApiError.Invalid("limit", $"limit is '{Excerpt.Marked(given, 20)}'; allowed: 1 to {most}.");
    }

    /// <summary>A parameter of the query; null if it is missing.</summary>
    public static string? Word(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } word ? word : null;

    public static long? Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds();
}
