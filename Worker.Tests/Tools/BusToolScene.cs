using System.Text.Json;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>A worker on a real broker whose functions are answered by programs on the broker.</summary>
public abstract class BusToolScene(WorkerScene scene)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    private protected const string Found = """{"json":{"degrees":12}}""";

    private protected WorkerScene Scene => scene;

    private protected static (string Job, string Queue) Names()
    {
        var job = Guid.NewGuid().ToString("N");
        return (job, $"tools.{job}");
    }

    private protected static string Asking(string job, string text,
        IEnumerable<(string Name, string? Queue)> functions, string more = "", string function = "") => $$"""
        {"jobId":"{{job}}","model":"m","messages":[{"text":"{{text}}"}],"tools":[{{string.Join(',', functions.Select(each => Function(each.Name, each.Queue, function)))}}]{{more}}}
        """;

    private protected static string Function(string name, string? queue, string more)
    {
        var handler = queue is null ? "" : $",\"queue\":\"{queue}\"";
        const string parameters = """{"type":"object","properties":{"city":{"type":"string"}}}""";
        return $$"""{"function":{"name":"{{name}}","parameters":{{parameters}}{{handler}}{{more}} } }""";
    }

    private protected List<JsonElement> LastInput(string job) =>
        [.. scene.Emulator.Calls.Last(call => call.Job == job).Body.GetProperty("input").EnumerateArray()];
}
