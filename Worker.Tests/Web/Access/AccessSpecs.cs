using System.Net;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;
using OpenAIWorker.Web;

namespace OpenAIWorker.Tests.Web.Access;

/// <summary>Who is admitted.</summary>
public sealed class AccessSpecs : IDisposable
{
    const string Token = "owt_of_a_reader";
    const string Shut = "/none-is-here";

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_worker_serves_the_web_only_if_it_has_a_port()
    {
        static bool Serves(params string[] settings) =>
            WorkerHost.Worker(["--OpenAI:Credentials:default:ApiKey=any", .. settings]).Services
                .Any(service => service.ImplementationType == typeof(WebServer));

        Assert.False(Serves());
        Assert.True(Serves(web.Settings));
    }

    [Fact]
    public async Task A_worker_that_keeps_no_records_does_not_start_with_the_web()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => EmbeddedWorker.Start($"--Web:Port={web.Port}"));

        Assert.Contains("Records:Keep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_sentence()
    {
        await using var first = await EmbeddedWorker.Start(web.Settings);

        var refused = await Assert.ThrowsAsync<SettingsException>(() => EmbeddedWorker.Start(web.Settings));

        Assert.Contains($"Web:Port is {web.Port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_with_a_code()
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();

        var answer = await client.GetAsync(Shut, Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("\"code\":\"not_found\"", await answer.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_an_address_has_not_is_told_with_those_that_it_has()
    {
        await using var worker = await EmbeddedWorker.Start(
            [.. web.Settings, .. WebAddress.Allow("reader", Token, "read")]);
        using var client = web.Client();

        var answer = await client.DeleteAsync("/sign-in", Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("Allowed: GET, HEAD, POST.", await answer.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8090")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task Without_tokens_no_other_name_leads_here(string host)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = host } };

        var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"The host name '{host}' is not allowed. Name it in Web:Hosts.",
            (await answer.Json()).Of("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task What_another_sites_page_sends_is_refused(string header, string value)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Headers = { { header, value } } };

        var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("cross_origin", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_signs_in_with_a_token_and_out()
    {
        await using var worker = await EmbeddedWorker.Start(
            [.. web.Settings, .. WebAddress.Allow("reader", Token, "read")]);
        using var client = web.Client();

        var wrong = await SignIn(client, "owt_of_somebody_else", "/");
        var right = await SignIn(client, Token, "/jobs?state=failed");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, "/jobs?state=failed"),
            (right.StatusCode, right.Headers.Location?.OriginalString));
        var cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_whose_token_allows_no_pages_gets_a_page_that_says_so()
    {
        await using var worker = await EmbeddedWorker.Start(
            [.. web.Settings, .. WebAddress.Allow("sender", Token, "send")]);
        using var client = web.Client(Token);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var answer = await client.GetAsync("/", Cancellation);

        Assert.Equal((HttpStatusCode.Forbidden, "text/html"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("its roles are send", await answer.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/a\r\nSet-Cookie: x")]
    public async Task Signing_in_leads_to_no_other_site(string to)
    {
        await using var worker = await EmbeddedWorker.Start(
            [.. web.Settings, .. WebAddress.Allow("reader", Token, "read")]);
        using var client = web.Client();

        Assert.Equal("/", (await SignIn(client, Token, to)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task One_address_sends_no_more_than_is_allowed()
    {
        await using var worker = await EmbeddedWorker.Start([.. web.Settings, "--Web:RequestsPerMinute=5"]);
        using var client = web.Client();

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
            answers.Add(await client.GetAsync(Shut, Cancellation));

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].StatusCode);
        Assert.NotNull(answers[^1].Headers.RetryAfter);
    }

    public void Dispose() => web.Dispose();

    static async Task<HttpResponseMessage> SignIn(HttpClient client, string token, string to)
    {
        using var form = new FormUrlEncodedContent([new("token", token), new("to", to)]);
        return await client.PostAsync("/sign-in", form, Cancellation);
    }
}
