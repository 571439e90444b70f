using Microsoft.Playwright;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>
/// Every page in a real browser, on a desktop and a phone, in light and dark. SCREENSHOTS=docs/images makes the
/// documents' pictures again; with another folder, those of all pages.
/// </summary>
public sealed class WindowPageSpecs(Chromium chromium, WindowPageSpecs.Day day) : IClassFixture<WindowPageSpecs.Day>
{
    const string Documents = "docs/images";

    const string Usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]";
    const string Named = "one => one.tagName + ' ' + (one.getAttribute('href') ?? one.name ?? '') + ' ' "
        + "+ (one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 60)";

    static readonly string[] InDocuments = ["overview-1280-light", "overview-390-dark", "job-1280-light",
        "failures-1280-light", "spend-1280-dark"];

    public static TheoryData<string, string> Pages => new()
    {
        { "overview", "/" },
        { "jobs", "/window/jobs" },
        { "jobs-none", "/window/jobs?text=no-such-job&state=failed" },
        { "job", "/window/job?id=order-88207&tenant=acme" },
        { "job-edit", "/window/job/edit?id=order-88207&tenant=acme" },
        { "job-cancel", "/window/job/cancel?id=run-gpt-6-mini-1" },
        { "failures", "/window/failures" },
        { "failures-drop", "/window/failures/drop?code=content_policy&operation=generate-image" },
        { "limits", "/window/limits" },
        { "credentials", "/window/credentials" },
        { "credentials-pause", "/window/credentials/pause?credential=default" },
        { "groups", "/window/groups" },
        { "group", "/window/group?id=import-7" },
        { "assistants", "/window/assistants" },
        { "spend", "/window/spend" },
        { "spend-days", "/window/spend?by=day" },
        { "job-missing", "/window/job?id=nobody" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_fits_its_screen_and_breaks_no_rule(string name, string address)
    {
        await using var context = await chromium.Open(new()
        {
            ReducedMotion = ReducedMotion.Reduce,
            BypassCSP = true,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{day.Scene.Uri}{address[1..]}");
        await page.WaitForFunctionAsync(
            "() => !document.body.dataset.live || document.getElementById('age').textContent === 'live'");
        foreach (var (width, height) in new[] { (1280, 800), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Picture(page, $"{name}-{width}-{scheme}".ToLowerInvariant());

                Assert.Empty(await Chromium.Violations(page, onlyOfColours: scheme is ColorScheme.Dark));
                Assert.True(await Fits(page), $"{name} is wider than {width}");
            }
        }
        // A desktop's window enlarged by four, which WCAG 2.2 asks for in 1.4.10.
        await page.SetViewportSizeAsync(320, 256);
        Assert.True(await Fits(page), $"{name} is wider than 320");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_keyboard_alone_reaches_everything_that_can_be_used(string name, string address)
    {
        await using var context = await chromium.Open(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{day.Scene.Uri}{address[1..]}");
        var all = await page.EvaluateAsync<string[]>($"() => [...document.querySelectorAll('{Usable}')]"
            + $".filter(one => one.checkVisibility()).map({Named})");

        HashSet<string> reached = [];
        for (var pressed = 0; pressed < all.Length + 20; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (at, isSeen) = (await page.EvaluateAsync<string>($"() => ({Named})(document.activeElement)"),
                await page.EvaluateAsync<bool>("() => document.activeElement === document.body "
                    + "|| getComputedStyle(document.activeElement).outlineStyle !== 'none'"));
            Assert.True(isSeen, $"{name}: nothing shows that {at} has the focus");
            reached.Add(at);
        }

        Assert.Empty(all.Except(reached));
    }

    static Task<bool> Fits(IPage page) => page.EvaluateAsync<bool>(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");

    static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder
            && (folder != Documents || InDocuments.Contains(name)))
            await page.ScreenshotAsync(new() { Path = Repository.PathOf($"{folder}/{name}.png"), FullPage = true });
    }

    /// <summary>The pages of a busy day, which these tests only look at.</summary>
    public sealed class Day : IAsyncLifetime
    {
        internal WindowScene Scene { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Scene.FillDay();
            await Scene.Start();
        }

        public ValueTask DisposeAsync() => Scene.DisposeAsync();
    }
}
