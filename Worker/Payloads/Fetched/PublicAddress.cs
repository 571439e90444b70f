using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Payloads.Fetched;

/// <summary>
/// Whether an address is on the public internet: through this worker, a sender must not reach addresses that only its
/// machine can reach. https://www.iana.org/assignments/iana-ipv4-special-registry and
/// https://www.iana.org/assignments/iana-ipv6-special-registry
/// </summary>
static class PublicAddress
{
    static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's own services, at an address that looks public.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    // All global addresses are in here. Loopback, local, mapped IPv4 and NAT64 addresses are not.
    static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    // Teredo and 6to4 contain an IPv4 address.
    static readonly IPNetwork[] SpecialV6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address) => address switch
    {
        { AddressFamily: AddressFamily.InterNetwork } => !Array.Exists(SpecialV4, network => network.Contains(address)),
        // .NET 10 wrongly says that 2000::/3 contains ::ffff:10.0.0.1.
        { IsIPv4MappedToIPv6: true } => false,
        { AddressFamily: AddressFamily.InterNetworkV6 } =>
            GlobalV6.Contains(address) && !Array.Exists(SpecialV6, network => network.Contains(address)),
        _ => false,
    };
}
