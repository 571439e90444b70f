using Microsoft.Playwright;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>
/// Every page in a real browser, on a desktop and a phone, in light and dark. SCREENSHOTS=docs/images makes the
/// documents' pictures again; with another folder, those of all pages.
/// </summary>
public sealed class WindowPageSpecs(Chromium chromium, WindowPageSpecs.Day day) : IClassFixture<WindowPageSpecs.Day>
{
    const string Documents = "docs/images";

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
                Assert.True(await page.EvaluateAsync<bool>(
                    "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                    $"{name} is wider than {width}");
            }
        }
    }

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
