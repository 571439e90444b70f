using Microsoft.Playwright;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>Pages update themselves while they are open, say when they do not, and need no script.</summary>
public sealed class LivePageSpecs(Chromium chromium) : IAsyncLifetime
{
    readonly WindowScene scene = new();

    public async ValueTask InitializeAsync()
    {
        await scene.Seed.Job(new("first", "running"));
        await scene.Start();
    }

    [Fact]
    public async Task What_changes_is_shown_without_loading_the_page_anew()
    {
        var page = await Open("/");
        await page.EvaluateAsync("() => { window.mark = true; }");

        await scene.Seed.Job(new("second", "failed") { Code = "timeout", Ended = scene.Seed.Now });

        await page.GetByRole(AriaRole.Link, new() { Name = "second" }).WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.mark"));
        Assert.Equal("live", await page.InnerTextAsync("#age"));
    }

    [Fact]
    public async Task A_job_is_followed_to_its_ending()
    {
        var page = await Open("/window/job?id=first");
        Assert.Contains("running", await page.InnerTextAsync("h1"), StringComparison.Ordinal);

        await scene.Seed.Run(
            $"UPDATE job_records SET state = 'completed', ended_at = {Milliseconds} WHERE job_id = 'first'");

        await page.Locator("h1 .good", new() { HasText = "completed" }).WaitForAsync();
    }

    [Fact]
    public async Task A_page_that_has_lost_its_stream_says_so_and_how_old_it_is()
    {
        var page = await Open("/");
        await page.Locator("#age", new() { HasTextRegex = new("^live$") }).WaitForAsync();

        await scene.Stop();

        await page.Locator("#age", new() { HasTextRegex = new(@"not live: this is \d+ s old") }).WaitForAsync();
        Assert.Equal("1", (await page.InnerTextAsync("#figures b")).Trim());
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_is_told_on_the_page_and_later_tried_again()
    {
        await scene.Seed.Run("ALTER TABLE job_records RENAME TO gone");
        var page = await Open("/");

        Assert.Contains("This cannot be shown now", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await scene.Seed.Run("ALTER TABLE gone RENAME TO job_records");

        await page.Locator("#figures").WaitForAsync();
    }

    [Fact]
    public async Task Every_page_works_without_a_script()
    {
        var page = await Open("/", hasScript: false);

        Assert.Contains("as of", await page.InnerTextAsync("header"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Jobs", Exact = true }).ClickAsync();
        await page.GetByLabel("Id").FillAsync("first");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        Assert.StartsWith("first", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_alone_lead_to_the_content()
    {
        var page = await Open("/");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await Focused("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        Assert.Equal("main", await Focused("document.activeElement.closest('main').id"));
        Assert.NotEqual("none", await Focused("getComputedStyle(document.activeElement).outlineStyle"));

        Task<string> Focused(string script) => page.EvaluateAsync<string>($"() => {script}");
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    long Milliseconds => scene.Seed.Now.ToUnixTimeMilliseconds();

    // The browser's contexts end with the browser.
    async Task<IPage> Open(string address, bool hasScript = true)
    {
        var context = await chromium.Open(new() { JavaScriptEnabled = hasScript });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{scene.Uri}{address[1..]}");
        return page;
    }
}
