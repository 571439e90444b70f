using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Refusals in the forms of many providers, gateways and proxies: the reason reaches the sender, and a call that is
/// sure to fail again is made once.
/// </summary>
public sealed class ProviderErrorSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Json = "application/json";

    static readonly (string Name, int Status, string? Type, string Body, string Right)[] Table =
        [.. ServerRefusals.Rows, .. GatewayRefusals.Rows, .. OddRefusals.Rows];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_refused_ends_right(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-'), ProviderSocket.Http(Table[row].Status, Table[row].Type, Table[row].Body),
            Messages.SmallestChat, Table[row].Right));

    [Fact]
    public Task A_redirect_names_its_target_without_what_may_be_secret() => scene.Try(new(
        "redirect", ProviderSocket.Http(308, null, "",
            "Location: https://eu.example.com/v1/chat/completions?key=secret"), Messages.SmallestChat,
        """{"code":"not_found","remedy":"operator","message":"The provider answered 308 and no reason. It points """
            + """to https://eu.example.com/v1/chat/completions. If this is the provider's new address, set the """
            + """credential's BaseUrl to it."}"""));

    [Theory]
    [InlineData("x-ratelimit-reset-requests: 9", 9)]
    [InlineData("x-ratelimit-reset: 12", 12)]
    [InlineData("Retry-After: 11s", 11)]
    public Task Resets_and_waits_as_plain_numbers_are_obeyed(string header, int seconds) => scene.Try(new(
        "reset", ProviderSocket.Http(429, Json, """{"error":{"message":"Slow down, please."}}""", header),
        Messages.SmallestChat, $$"""{"delayed":"rate_limited","seconds":{{seconds}}}"""));
}
