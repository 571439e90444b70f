using OpenAIWorker.Emulator.Faults;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Control;

/// <summary>The emulator's own endpoints, below /_emulator and without a key.</summary>
static class ControlRoutes
{
    public static void Map(WebApplication app, OpenAIEmulator emulator)
    {
        var control = app.MapGroup("/_emulator");
        control.MapGet("/health", http => Write(http, new Health("ok")));
        control.MapGet("/bill", http => Write(http, emulator.Bill));
        control.MapGet("/bill/{job}", http => Write(http, BillOf(emulator, (string)http.Request.RouteValues["job"]!)));
        control.MapGet("/calls", http => CallList.Write(http, emulator.Calls));
        control.MapDelete("/calls", http =>
        {
            emulator.Clear();
            return Done(http);
        });
        control.MapGet("/images/{id}.png", WriteImage);
        control.MapPut("/limits",
            http => Set<LimitSetting>(http, setting => emulator.Limits.Set(setting.Model, setting.ToLimit())));
        control.MapPut("/faults", http => Set<FaultRule[]>(http, rules => emulator.Faults.Replace(rules)));
    }

    // The target of an image address in an answer. All images are the same, so none is stored.
    static Task WriteImage(HttpContext http)
    {
        http.Response.ContentType = "image/png";
        return http.Response.BodyWriter.WriteAsync(Pictures.Png, http.RequestAborted).AsTask();
    }

    static JobBill BillOf(OpenAIEmulator emulator, string job) => new(job, emulator.TimesBilled(job));

    /// <summary>A setting that cannot be read changes nothing, and the answer says why.</summary>
    static async Task Set<T>(HttpContext http, Action<T> set)
    {
        try
        {
            set((T?)await http.Request.ReadFromJsonAsync(typeof(T), ControlJson.Default, http.RequestAborted)
                ?? throw new JsonException("The body is null."));
            await Done(http);
        }
        catch (Exception problem) when (IsTheSendersFault(problem))
        {
            http.Response.StatusCode = 400;
            await Write(http, new Problem(problem.Message));
        }
    }

    // ReadFromJsonAsync throws InvalidOperationException for another content type.
    static bool IsTheSendersFault(Exception problem) =>
        problem is JsonException or FaultSyntaxException or ArgumentException or OverflowException
            or InvalidOperationException;

    static Task Write<T>(HttpContext http, T value) =>
        http.Response.WriteAsJsonAsync(value, typeof(T), ControlJson.Default, cancellationToken: http.RequestAborted);

    static Task Done(HttpContext http)
    {
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
