using System.Net;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.Access;

/// <summary>A person's browser gets a page, whatever goes wrong; a program gets JSON.</summary>
public sealed class PersonSpecs : IDisposable
{
    const string Browsers = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    const string Javas = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
    const string Json = "application/problem+json";
    const string Page = "text/html";

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/none-is-here", Browsers, 404, Page)]
    [InlineData("GET", "/window/none", Browsers, 404, Page)]
    [InlineData("GET", "/jobs/nobody", Browsers, 404, Page)]
    [InlineData("GET", "/sign-out", Browsers, 405, Page)]
    [InlineData("GET", "/none-is-here", "*/*", 404, Json)]
    [InlineData("GET", "/none-is-here", "application/json, text/plain, */*", 404, Json)]
    [InlineData("GET", "/none-is-here", Javas, 404, Json)]
    [InlineData("GET", "/v1/models/none/of/these/", Browsers, 404, "application/json")]
    public async Task Each_is_answered_in_its_own_way(
        string method, string address, string accepts, int status, string type)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();
        using var request = new HttpRequestMessage(new(method), address);
        request.Headers.TryAddWithoutValidation("Accept", accepts);

        var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal((status, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        if (type == Page)
            Assert.Contains("<a href=\"/\">Overview</a>", await answer.Content.ReadAsStringAsync(Cancellation),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_was_cut_off_leads_to_the_first_page()
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();

        var answer = await client.GetAsync("/window", Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_form_that_is_sent_after_the_session_has_ended_leads_to_signing_in()
    {
        await using var worker = await EmbeddedWorker.Start(
            [.. web.Settings, .. WebAddress.Allow("operator", "owt_of_an_operator", "read,operate")]);
        using var client = web.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/window/limits/unset");
        request.Headers.TryAddWithoutValidation("Accept", Browsers);

        var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?to=%2F"),
            (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    public void Dispose() => web.Dispose();
}
