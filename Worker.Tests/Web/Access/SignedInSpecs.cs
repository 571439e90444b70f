using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Web;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Tests.Web.Access;

/// <summary>A cookie is valid for its time and its token, and for nothing else.</summary>
public sealed class SignedInSpecs
{
    readonly FakeTimeProvider clock = new(new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_cookie_is_known_until_its_time_is_over()
    {
        var sessions = Of(Tokens("a", "one"));
        var (cookie, until) = sessions.Issue("a");

        Assert.Equal("a", sessions.Read(cookie)?.Name);
        clock.Advance(until - clock.GetUtcNow() - TimeSpan.FromSeconds(2));
        Assert.NotNull(sessions.Read(cookie));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(sessions.Read(cookie));
    }

    [Fact]
    public void It_ends_where_its_token_is_replaced_or_gone()
    {
        var (cookie, _) = Of(Tokens("a", "one")).Issue("a");

        Assert.Null(Of(Tokens("a", "two")).Read(cookie));
        Assert.Null(Of(Tokens("b", "one")).Read(cookie));
    }

    [Fact]
    public void Nothing_of_it_can_be_changed()
    {
        var sessions = Of(Tokens("a", "one"));
        var (cookie, _) = sessions.Issue("a");

        Assert.All(Enumerable.Range(0, cookie.Length - 1), place =>
        {
            var other = cookie[place] == 'A' ? 'B' : 'A';
            Assert.Null(sessions.Read($"{cookie[..place]}{other}{cookie[(place + 1)..]}"));
        });
        Assert.All(["", ".", "..", "a.b.c", "YQ.99999999999.", "%%%.1.x", new string('.', 100)],
            garbage => Assert.Null(sessions.Read(garbage)));
    }

    SignedIn Of(WebOptions options) =>
        new(new(new FixedOptions<WebOptions>(options)), Options.Create(options), clock);

    static WebOptions Tokens(string name, string token) => new()
    {
        Tokens = new Dictionary<string, WebTokenOptions>
        {
            [name] = new() { Hash = TokenHash.Written(token), Roles = "read" },
        },
    };
}
