using System.Text.Json;
using Microsoft.Playwright;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>Every page shows what senders and providers write as text, and runs none of it.</summary>
public sealed class HostileTextSpecs(Chromium chromium, HostileTextSpecs.Written written)
    : IClassFixture<HostileTextSpecs.Written>
{
    const string Script = "<script>window.hacked=1</script>";
    const string Reversing = "order\u202Egnp";
    const string Image = "\"><img src=x onerror=window.hacked=2>";
    const string Closing = "</pre></title></textarea><svg onload=window.hacked=3>'\"`${7*7}{{7*7}}";

    public static TheoryData<string> Pages =>
    [
        "/", "/window/failures", "/window/spend?by=tenant", "/window/groups", "/window/assistants",
        $"/window/failures/drop?code={Uri.EscapeDataString(Script)}&model={Uri.EscapeDataString(Image)}",
        $"/window/job/edit?id={Uri.EscapeDataString(Script)}&tenant={Uri.EscapeDataString(Image)}",
        $"/window/credentials/pause?credential={Uri.EscapeDataString(Script)}", "/window/jobs",
        $"/window/jobs?text={Uri.EscapeDataString(Image)}&model={Uri.EscapeDataString(Closing)}",
        $"/window/job?id={Uri.EscapeDataString(Script)}&tenant={Uri.EscapeDataString(Image)}",
        $"/window/job?id={Uri.EscapeDataString(Closing)}",
        $"/window/job?id={Uri.EscapeDataString("javascript:window.hacked=4")}",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_that_others_wrote_runs(string address)
    {
        await using var context = await chromium.Open(new());
        var page = await context.NewPageAsync();
        List<string> said = [];
        page.Console += (_, line) => said.Add(line.Text);
        page.PageError += (_, error) => said.Add(error);

        await page.GotoAsync($"{written.Scene.Uri}{address[1..]}", new() { WaitUntil = WaitUntilState.Load });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");

        Assert.Null(await page.EvaluateAsync<int?>("() => window.hacked ?? null"));
        Assert.Equal(1, await page.Locator("script").CountAsync());
        Assert.Equal(0, await page.Locator("main img, main svg[onload], [onerror], [style]").CountAsync());
        Assert.DoesNotContain(said, line => line.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.DoesNotContain(await page.Locator("a").EvaluateAllAsync<string[]>("all => all.map(a => a.protocol)"),
            protocol => protocol == "javascript:");
    }

    [Fact]
    public async Task It_is_shown_as_it_was_written()
    {
        await using var context = await chromium.Open(new());
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{written.Scene.Uri}{Pages.First().Data[1..]}");
        Assert.Contains(Script, await page.InnerTextAsync("#last-failures"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = Script, Exact = true }).First.ClickAsync();

        Assert.Contains(Script + Closing, await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.StartsWith(Script, await page.TitleAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/window/job?id=order%E2%80%AEgnp", "h1 > bdi")]
    [InlineData("/window/jobs", "td.id a")]
    public async Task A_name_that_reverses_text_reverses_nothing_beside_it(string address, string place)
    {
        await using var context = await chromium.Open(new());
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{written.Scene.Uri}{address[1..]}");
        var name = page.Locator(place, new() { HasText = "gnp" });

        Assert.Equal((Reversing, "isolate"), (await name.TextContentAsync(),
            await name.EvaluateAsync<string>("one => getComputedStyle(one).unicodeBidi")));
        Assert.DoesNotContain('\u202E', await page.TitleAsync());
    }

    [Fact]
    public async Task A_content_that_reverses_text_shows_where_it_would()
    {
        await using var context = await chromium.Open(new());
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{written.Scene.Uri}window/job?id=order%E2%80%AEgnp");
        var shown = await page.Locator("pre").AllTextContentsAsync();

        Assert.Equal(["order·gnp\nnext", "{\n  \"text\": \"order\\u202Egnp\\nnext\"\n}"], shown);
    }

    [Fact]
    public async Task The_state_of_a_job_is_words_apart()
    {
        await using var context = await chromium.Open(new());
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{written.Scene.Uri}window/job?id=again");

        Assert.StartsWith("again waiting ", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Pages that show it in every place, which these tests only look at.</summary>
    public sealed class Written : IAsyncLifetime
    {
        internal WindowScene Scene { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Scene.Seed.Job(new(Script, "failed")
            {
                Tenant = Image,
                Model = Closing,
                Credential = Image,
                Code = "provider_error",
                Reason = Script + Image + Closing,
                Ended = Scene.Seed.Now,
                Request = JsonSerializer.Serialize(new
                {
                    model = Closing,
                    messages = new[] { new { role = Image, text = Script + Closing } },
                    metadata = new Dictionary<string, string> { [Script] = Image },
                }),
                Ending = JsonSerializer.Serialize(new { message = Script + Image + Closing, code = Image }),
            });
            await Scene.Seed.Job(new(Reversing, "completed")
            {
                Ended = Scene.Seed.Now,
                Request = JsonSerializer.Serialize(new { text = $"{Reversing}\nnext" }),
            });
            await Scene.Seed.Job(new("waits", "waiting") { Model = Script, Code = "rate_limited" });
            await Scene.Seed.Job(new("pauses", "waiting") { Credential = Image, Code = "credential_paused" });
            await Scene.Seed.Job(new("again", "waiting") { Code = Closing });
            await Scene.Seed.Job(new(Closing, "running") { Request = $"no JSON {Script}", Tenant = "" });
            await Scene.Seed.Step(Closing, "", Scene.Seed.Now, "attempt", Image, Script);
            await Scene.Seed.Worker(Script, "{\"version\":\"<b>\"}");
            await Scene.Seed.Sums();
            await Scene.Start();
        }

        public ValueTask DisposeAsync() => Scene.DisposeAsync();
    }
}
