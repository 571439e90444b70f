using OpenAIWorker.Emulator.Endpoints;

namespace OpenAIWorker.Emulator.Calls;

static class ApiRoutes
{
    static readonly ApiEndpoint UnknownUrl = new("*",
        "*")
    { Answer = call => Answer.Refusing(ApiError.UnknownUrl(call.Http.Request)) };
    static readonly ApiEndpoint WrongMethod = new("*",
        "*")
    { Answer = call => Answer.Refusing(ApiError.WrongMethod(call.Http.Request)) };

    public static void Map(WebApplication app, IEnumerable<ApiEndpoint> endpoints, CallPipeline pipeline)
    {
        app.Use(next => http => AnswerStrays(http, next, pipeline));
        foreach (var endpoint in endpoints)
        {
            app.MapMethods(endpoint.Route, [endpoint.Method], http => pipeline.Run(http, endpoint));
        }
    }

    /// <summary>Routing produces an empty 404 or 405; OpenAI's have a body and headers like any other answer.</summary>
    static async Task AnswerStrays(HttpContext http, RequestDelegate next, CallPipeline pipeline)
    {
        await next(http);
        if (http.Response is { HasStarted: false, StatusCode: 404 or 405 } empty)
        {
            await pipeline.Run(http, empty.StatusCode == 405 ? WrongMethod : UnknownUrl);
        }
    }
}
