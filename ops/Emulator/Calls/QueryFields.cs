using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Calls;

static class QueryFields
{
    /// <summary>Reads a query's parameters into the call. It never fails.</summary>
    public static ApiError? Read(ApiCall call)
    {
        var fields = new Fields();
        foreach (var (name, value) in call.Http.Request.Query.SelectMany(pair => pair.Value,
            (pair, value) => (pair.Key, value)))
        {
            fields.Add(name, JsonValue.Create(value));
        }

        call.Body = fields.ToJson();
        return null;
    }
}
