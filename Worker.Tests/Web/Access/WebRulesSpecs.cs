using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;
using OpenAIWorker.Web;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Tests.Web.Access;

/// <summary>
/// Settings of the web that would admit the wrong callers, or nobody, stop the start with a sentence.
/// </summary>
public sealed class WebRulesSpecs
{
    static readonly string Hash = TokenHash.Written("some token");

    [Fact]
    public void Without_a_token_it_listens_to_this_machine_alone() =>
        Assert.Contains("there is no token", Broken(new() { Address = "0.0.0.0" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost", "not an IP address")]
    [InlineData("300.1.1.1", "not an IP address")]
    public void An_address_is_one(string address, string says) =>
        Assert.Contains(says, Broken(new() { Address = address }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("owt_the-token-itself")]
    [InlineData("sha256:abcd")]
    [InlineData("sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void A_hash_is_one_and_is_not_shown(string? hash)
    {
        var says = Broken(With(new() { Hash = hash }));

        Assert.Contains("Web:Tokens:a:Hash", says, StringComparison.Ordinal);
        Assert.True(hash is not { Length: > 12 } || !says.Contains(hash, StringComparison.Ordinal), says);
    }

    [Theory]
    [InlineData("sending", "has 'sending'")]
    [InlineData(" , ", "is empty")]
    [InlineData("operate", "without read")]
    public void Roles_are_known(string roles, string says) =>
        Assert.Contains(says, Broken(With(new() { Hash = Hash, Roles = roles })), StringComparison.Ordinal);

    [Fact]
    public void A_tenant_needs_tenants() =>
        Assert.Contains("Limits:Tenant is empty", Broken(With(new() { Hash = Hash, Tenant = "acme" })),
            StringComparison.Ordinal);

    [Fact]
    public void A_tenant_operates_nothing() => Assert.Contains("has the role operate",
        Broken(With(new() { Hash = Hash, Tenant = "acme", Roles = "read,operate" }), new() { Tenant = "tenant" }),
        StringComparison.Ordinal);

    [Fact]
    public void A_key_needs_its_certificate() =>
        Assert.Contains("Web:CertificateFile is not", Broken(new() { KeyFile = "/tmp/none.pem" }),
            StringComparison.Ordinal);

    [Fact]
    public void Good_settings_are_good() => Assert.Equal("",
        Broken(With(new() { Hash = Hash, Roles = "send, read", Tenant = "acme" }) with { Address = "*" },
            new() { Tenant = "tenant" }));

    static WebOptions With(WebTokenOptions token) =>
        new() { Tokens = new Dictionary<string, WebTokenOptions> { ["a"] = token } };

    static string Broken(WebOptions options, LimitsOptions? limits = null) =>
        new WebRules(Options.Create(limits ?? new())).Validate(null, options).FailureMessage ?? "";
}
