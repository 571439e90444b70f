using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Broker;

/// <summary><c>ops/rabbitmq/definitions.json</c>.</summary>
static class Definitions
{
    public static JsonNode Read() => JsonNode.Parse(Repository.Read("ops/rabbitmq/definitions.json"))!;

    /// <summary>The same for another virtual host and other user names, so that many fit on one broker.</summary>
    public static JsonNode Renamed(string virtualHost)
    {
        var all = Read();
        all["vhosts"]![0]!["name"] = virtualHost;
        foreach (var part in all["permissions"]!.AsArray().Concat(all["policies"]!.AsArray()))
            part!["vhost"] = virtualHost;
        foreach (var user in all["users"]!.AsArray())
            user!["name"] = User(virtualHost, $"{user["name"]}");
        foreach (var permission in all["permissions"]!.AsArray())
            permission!["user"] = User(virtualHost, $"{permission["user"]}");
        return all;
    }

    public static string User(string virtualHost, string name) => $"{virtualHost}-{name}";

    public static IReadOnlyList<string> Users { get; } =
        [.. Read()["users"]!.AsArray().Select(user => $"{user!["name"]}")];

    public static Regex Permission(string user, string kind) =>
        new($"{Read()["permissions"]!.AsArray().Single(permission => $"{permission!["user"]}" == user)![kind]}");

    /// <summary>The policies that apply to a queue.</summary>
    public static IEnumerable<string> PoliciesOf(string queue) =>
        from policy in Read()["policies"]!.AsArray()
        where Regex.IsMatch(queue, $"{policy["pattern"]}")
        select $"{policy["name"]}";
}
