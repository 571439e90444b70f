using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The address of one node of the broker.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsSecure">Whether it uses TLS.</param>
sealed record BrokerNode(string Host, int Port, bool IsSecure);

/// <summary>The nodes of the settings: the URI's first, then those of <c>Broker:Nodes</c>.</summary>
static class BrokerNodes
{
    const int Plain = 5672;
    const int Secure = 5671;

    public static IReadOnlyList<BrokerNode> Of(BrokerOptions broker)
    {
        var address = new Uri(broker.Uri!);
        return [Node(address), .. NameList.Of(broker.Nodes).Select(name => Node(Read(address.Scheme, name)!))];
    }

    /// <summary>All of them on one line.</summary>
    public static string Shown(BrokerOptions broker) =>
        string.Join(", ", Of(broker).Select(node => $"{node.Host}:{node.Port}"));

    /// <summary>The first name that is not <c>host</c> or <c>host:port</c>.</summary>
    public static string? Wrong(BrokerOptions broker) =>
        NameList.Of(broker.Nodes).FirstOrDefault(name => Read("amqp", name) is not { PathAndQuery: "/", UserInfo: "" });

    static Uri? Read(string scheme, string name) =>
        Uri.TryCreate($"{scheme}://{name}/", UriKind.Absolute, out var address) && address.Host.Length > 0
            ? address
            : null;

    static BrokerNode Node(Uri address)
    {
        var isSecure = address.Scheme == "amqps";
        return new(address.DnsSafeHost, address.Port > 0 ? address.Port : isSecure ? Secure : Plain, isSecure);
    }
}
