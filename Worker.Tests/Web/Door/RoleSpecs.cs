using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>No address of the front door answers without the token that it takes.</summary>
public sealed class RoleSpecs(TenantsScene scene) : IClassFixture<TenantsScene>
{
    [Theory]
    [InlineData("POST", "/jobs/message-model")]
    [InlineData("POST", "/jobs")]
    [InlineData("GET", "/jobs")]
    [InlineData("GET", "/jobs/j")]
    [InlineData("GET", "/jobs/j/ending")]
    [InlineData("DELETE", "/jobs/j")]
    [InlineData("GET", "/groups/g")]
    [InlineData("DELETE", "/groups/g")]
    [InlineData("POST", "/payloads")]
    [InlineData("PUT", "/payloads/p-a")]
    [InlineData("GET", "/payloads/p-a")]
    [InlineData("GET", "/events")]
    public async Task A_missing_or_wrong_token_and_a_wrong_role_are_refused(string method, string address)
    {
        using var unknown = scene.Web.Client();
        using var stranger = scene.Web.Client("owt_none");
        using var other = scene.Web.Client(method == "GET" ? "owt_sender" : "owt_reader");

        Assert.Equal("unauthorized",
            await unknown.Call(new(method), address, null).Problem(HttpStatusCode.Unauthorized));
        Assert.Equal("unauthorized",
            await stranger.Call(new(method), address, null).Problem(HttpStatusCode.Unauthorized));
        Assert.Equal("forbidden", await other.Call(new(method), address, null).Problem(HttpStatusCode.Forbidden));
    }
}

/// <summary>A worker with two tenants, a reader and a sender.</summary>
public sealed class TenantsScene : IAsyncLifetime
{
    EmbeddedWorker? worker;

    public WebAddress Web { get; } = new();

    internal static string[] Settings =>
    [
        "--Limits:Tenant=tenant", .. WebAddress.Allow("red", "owt_red", "send,read", "red"),
        .. WebAddress.Allow("blue", "owt_blue", "send,read", "blue"),
        .. WebAddress.Allow("reader", "owt_reader", "read"), .. WebAddress.Allow("sender", "owt_sender", "send"),
    ];

    public async ValueTask InitializeAsync() => worker = await Web.Start(Settings);

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
            await worker.DisposeAsync();
        Web.Dispose();
    }
}
