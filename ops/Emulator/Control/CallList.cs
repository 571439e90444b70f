using System.Globalization;
using OpenAIWorker.Emulator.Billing;

namespace OpenAIWorker.Emulator.Control;

/// <summary>GET /_emulator/calls?job=&amp;model=&amp;limit=: the newest matching calls, oldest first.</summary>
static class CallList
{
    const int UsualLimit = 100;

    public static async Task Write(HttpContext http, IReadOnlyList<ReceivedCall> calls)
    {
        var chosen = Choose(calls, http.Request.Query);
        var list = Answer.Json(json => Write(json, chosen));
        http.Response.ContentType = list.ContentType;
        await http.Response.BodyWriter.WriteAsync(list.Body);
    }

    static IEnumerable<ReceivedCall> Choose(IEnumerable<ReceivedCall> calls, IQueryCollection query)
    {
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var given) ? given : UsualLimit;
        return calls
            .Where(call => !query.ContainsKey("job") || call.Job == query["job"])
            .Where(call => !query.ContainsKey("model") || call.Model == query["model"])
            .TakeLast(limit);
    }

    static void Write(Utf8JsonWriter json, IEnumerable<ReceivedCall> calls)
    {
        json.WriteStartArray();
        foreach (var call in calls)
        {
            Write(json, call);
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, ReceivedCall call)
    {
        json.WriteStartObject();
        json.WriteString("receivedAt", call.ReceivedAt);
        json.WriteString("method", call.Method);
        json.WriteString("path", call.Path);
        json.WriteString("job", call.Job);
        json.WriteString("model", call.Model);
        json.WriteNumber("status", call.Status);
        json.WriteBoolean("billed", call.IsBilled);
        json.WriteStartObject("headers");
        foreach (var (name, value) in call.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        WriteBody(json, call);
        json.WriteEndObject();
    }

    /// <summary>Anything that is not JSON is shown as text, and anything that was not kept as null.</summary>
    static void WriteBody(Utf8JsonWriter json, ReceivedCall call)
    {
        json.WriteNumber("bodyLength", call.BodyLength);
        json.WritePropertyName("body");
        if (call.Body.ValueKind != JsonValueKind.Undefined)
        {
            call.Body.WriteTo(json);
        }
        else if (call.RawBody.Length > 0)
        {
            json.WriteStringValue(call.RawBody.Span);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
