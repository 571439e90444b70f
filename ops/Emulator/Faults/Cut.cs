namespace OpenAIWorker.Emulator.Faults;

static class Cut
{
    /// <summary>Sends half of the body, then breaks the connection.</summary>
    public static async Task Halfway(HttpContext http, Reply reply)
    {
        await http.Response.Body.WriteAsync(reply.Body[..(reply.Body.Length / 2)]);
        await http.Response.Body.FlushAsync();
        http.Abort();
    }
}
