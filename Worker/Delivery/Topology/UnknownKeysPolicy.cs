using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// The policy that forwards jobs with unknown routing keys, set through the broker's management API or by hand.
/// </summary>
static class UnknownKeysPolicy
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The command that sets it by hand.</summary>
    public static string Command(BrokerOptions broker, QueueNames topology) =>
        $"rabbitmqctl set_policy -p '{VirtualHost(broker)}' {Name(topology)} '{Pattern(topology)}' "
            + $"'{{\"alternate-exchange\":\"{topology.Unknown}\"}}' --apply-to exchanges";

    /// <returns>Why it could not be set; null: it is set.</returns>
    public static async Task<string?> Set(BrokerOptions broker, QueueNames topology, CancellationToken cancellation)
    {
        var address = new Uri(broker.Management!);
        // No proxy is used for the broker itself either.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(User(broker, address)))));
        try
        {
            using var answer = await http.PutAsJsonAsync(
                new Uri(
                    $"{address.GetLeftPart(UriPartial.Scheme)}{address.Authority}{address.AbsolutePath.TrimEnd('/')}"
                        + $"/api/policies/{Uri.EscapeDataString(VirtualHost(broker))}"
                        + $"/{Uri.EscapeDataString(Name(topology))}"),
                new Dictionary<string, object>
                {
                    ["pattern"] = Pattern(topology),
                    ["apply-to"] = "exchanges",
                    ["definition"] = new Dictionary<string, string> { ["alternate-exchange"] = topology.Unknown },
                },
                cancellation);
            return answer.IsSuccessStatusCode
                ? null
                : $"the management API answers {(int)answer.StatusCode}; the user needs the tag policymaker or "
                    + "administrator";
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return silent.GetBaseException().Message;
        }
    }

    static string Name(QueueNames topology) => topology.Unknown;

    static string Pattern(QueueNames topology) => $"^{Regex.Escape(topology.Jobs)}$";

    static string VirtualHost(BrokerOptions broker) =>
        new Uri(broker.Uri!).AbsolutePath is { Length: > 1 } path ? Uri.UnescapeDataString(path[1..]) : "/";

    // If the address names no user, the broker's own user is used.
    static string User(BrokerOptions broker, Uri address) => (address.UserInfo, new Uri(broker.Uri!).UserInfo) switch
    {
        ({ Length: > 0 } own, _) => own,
        (_, { Length: > 0 } shared) => shared,
        _ => "guest:guest",
    };
}
