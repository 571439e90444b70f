namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The table of contents: one file per family.</summary>
static class Routes
{
    static readonly IReadOnlyList<Endpoint> All =
    [
        .. Responses.Endpoints,
        .. ChatCompletions.Endpoints,
        .. Moderations.Endpoints,
        .. Models.Endpoints,
    ];

    public static Endpoint Find(Call call)
    {
        var path = call.Http.Request.Path.Value!["/v1".Length..];
        var onPath = All.Where(endpoint => endpoint.Fits(path)).ToList();
        return onPath.Find(endpoint => endpoint.Method == call.Http.Request.Method) ?? throw (onPath.Count > 0
            ? new(405, $"Not allowed to {call.Http.Request.Method} on {call.Http.Request.Path}.", code: "method_not_supported")
            : new ApiException(404, $"Invalid URL ({call.Http.Request.Method} {call.Http.Request.Path})"));
    }
}
