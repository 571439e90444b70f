using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using OpenAIWorker.Payloads.Fetched;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

/// <summary>What the workers may reach.</summary>
public sealed class NetworkPolicySpecs
{
    static readonly JsonNode Spec = Manifests.Of("NetworkPolicy").At("spec");

    static readonly IReadOnlyList<JsonNode> Blocks =
        [.. Egress.SelectMany(rule => rule.At("to").AsArray()).Select(peer => peer!["ipBlock"]).OfType<JsonNode>()];

    static readonly Gen<IPAddress> Addresses = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes)),
        Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes)),
        // By chance, one address in eight is in 2000::/3, and almost none in the parts of it that are not public.
        Gen.Byte.Array[15].Select(bytes => new IPAddress([0x20, .. bytes])),
        Gen.Select(Gen.OneOfConst<byte>(0x00, 0x01, 0x02), Gen.Byte.Array[13],
            (second, bytes) => new IPAddress([0x20, second, 0x01, .. bytes])));

    [Fact]
    public void Addresses_are_those_that_the_worker_fetches_from() =>
        Addresses.Sample(address => Assert.Equal(PublicAddress.Is(address), IsLetThrough(address)), iter: 20_000);

    [Theory]
    [InlineData("10.96.0.1")]
    [InlineData("172.20.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    public void No_machine_of_this_network_is_among_them(string address) =>
        Assert.False(IsLetThrough(IPAddress.Parse(address)));

    [Fact]
    public void Addresses_are_reached_by_https_alone() =>
        Assert.Equal([443], Egress.Where(rule => rule.At("to").AsArray().Any(peer => peer!["ipBlock"] is not null))
            .SelectMany(Ports));

    [Fact]
    public void Nothing_but_the_health_port_is_reached_from_outside() =>
        Assert.Equal([(int)Manifests.Container.At("ports/0/containerPort")],
            Spec.At("ingress").AsArray().SelectMany(rule => Ports(rule!)));

    [Fact]
    public void The_collector_is_reached_where_the_settings_look_for_it()
    {
        var collector = new Uri(Manifests.Settings.Text("OTEL_EXPORTER_OTLP_ENDPOINT"));

        Assert.Contains(collector.Port, PortsOf(collector.Host.Split('.')[1]));
    }

    [Fact]
    public void Both_kinds_of_traffic_are_kept() => Assert.Equal(["Ingress", "Egress"], Spec.Texts("policyTypes"));

    static IEnumerable<JsonNode> Egress =>
        Manifests.Of("NetworkPolicy").At("spec/egress").AsArray().Select(rule => rule!);

    static IEnumerable<int> PortsOf(string @namespace) => Egress
        .Where(rule =>
            rule.At("to").AsArray().Any(peer =>
                peer!["namespaceSelector"]?["matchLabels"]?["kubernetes.io/metadata.name"]?.ToString() == @namespace))
        .SelectMany(Ports);

    static IEnumerable<int> Ports(JsonNode rule) => rule.At("ports").AsArray().Select(port => (int)port!.At("port"));

    static bool IsLetThrough(IPAddress address) => Blocks.Any(block =>
        IPNetwork.Parse(block.Text("cidr")).Contains(address)
            && !block.Texts("except").Any(range => IPNetwork.Parse(range).Contains(address)));
}
