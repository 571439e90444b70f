using Microsoft.Playwright;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Web.Window;
using Xunit.Sdk;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>
/// The browser of a test run: the one in CHROMIUM, otherwise Debian's, started when the first test needs it. Without
/// one its tests are skipped, or fail if it is required.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    const string Axe = "ops/browser/node_modules/axe-core/axe.min.js";
    const string Cure =
        "No browser. Install Debian's (apt-get install chromium), or name one: CHROMIUM=/path/to/chromium";

    // The first draws the same pages without a window, with a third of the processor's time.
    static readonly string[] Usual =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    ];

    readonly Lazy<Task<IBrowser>> browser;
    IPlaywright? playwright;

    public Chromium() => browser = new(Start);

    static string? Program => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given
        ? given
        : Array.Find(Usual, File.Exists);

    static bool IsRequired =>
        BrokerSettings.FromEnvironment().Required || Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>A new browser context, without data of another test.</summary>
    public async Task<IBrowserContext> Open(BrowserNewContextOptions options)
    {
        if (Program is null)
            throw Missing(Cure);
        options.Locale = "en-GB";
        options.TimezoneId = "Europe/Berlin";
        return await (await browser.Value).NewContextAsync(options);
    }

    /// <summary>The problems that axe finds in a page, in words. Its context must allow scripts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="onlyOfColours">For a page whose colours alone have changed since.</param>
    public static async Task<IReadOnlyList<string>> Violations(IPage page, bool onlyOfColours = false)
    {
        if (!File.Exists(Repository.PathOf(Axe)))
            throw Missing("No axe-core. Install it: npm ci --prefix ops/browser");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.AddScriptTagAsync(new() { Path = Repository.PathOf(Axe) });
        return await page.EvaluateAsync<string[]>("""
            async colours => (await axe.run(document, {
                    resultTypes: ['violations'],
                    runOnly: colours ? ['color-contrast', 'link-in-text-block']
                        : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
                .violations.flatMap(found => found.nodes.map(node => `${found.id}: ${found.help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`))
            """, onlyOfColours);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated && browser.Value.IsCompletedSuccessfully)
            await (await browser.Value).DisposeAsync();
        playwright?.Dispose();
    }

    async Task<IBrowser> Start()
    {
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    static Exception Missing(string cure) =>
        IsRequired ? FailException.ForFailure(cure) : SkipException.ForSkip(cure);
}
