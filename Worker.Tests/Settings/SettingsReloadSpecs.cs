using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Json;
using OpenAIWorker.Limits;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Delivery;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Settings;

/// <summary>What becomes of a running worker when its settings file changes.</summary>
public sealed class SettingsReloadSpecs : IAsyncLifetime
{
    const string OldKey = "sk-old-1234567890";
    const string NewKey = "sk-new-1234567890";

    static readonly MessageModel Any = new() { JobId = "j", Model = "m" };
    static readonly LimitKey Limit = new("default", "m");

    readonly string folder = Directory.CreateTempSubdirectory().FullName;
    readonly FakeTimeProvider clock = new();
    readonly EveryLine lines = new();
    KeyedProvider provider = null!;
    IHost? worker;

    string File => Path.Combine(folder, ".settings.json");

    SettingsReload Reload => worker!.Services.GetServices<IHostedService>().OfType<SettingsReload>().Single();

    public async ValueTask InitializeAsync()
    {
        provider = await KeyedProvider.Start();
        provider.Refusal = (_, key, _) => key == OldKey ? (401, """{"error":{"code":"invalid_api_key"}}""") : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
            await ((IAsyncDisposable)worker).DisposeAsync();
        await provider.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_new_key_is_used_by_the_next_call_and_masked()
    {
        Start(Key(OldKey));
        Assert.False((await Clients.Ask("default", Cancelled)).IsAccepted);

        await Change(Key(NewKey));

        Assert.True((await Clients.Ask("default", Cancelled)).IsAccepted);
        var secrets = worker!.Services.GetRequiredService<OwnSecrets>();
        Assert.Equal("*** ***", secrets.Masked($"{OldKey} {NewKey}"));
        Assert.Contains("are in force: OpenAI:Credentials:default:ApiKey", lines.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(NewKey, lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_credential_is_tried_when_its_key_changes()
    {
        Start(Key(OldKey));
        var hold = worker!.Services.GetRequiredService<CredentialHold>();
        var refusal = FailureClassifier.Of(401, new() { Code = "invalid_api_key" }, Upstream.FakeHeaders.Read(""));
        await hold.Settle(new("j", "message-model", Any, 1, 0, default),
            new(null, refusal, [], default, default) { Began = clock.GetTimestamp() }, null);
        var gate = worker.Services.GetRequiredService<CredentialGate>();
        Assert.True(gate.IsPaused("default"));

        await Change(Key(NewKey));

        await Eventually.Is(() => !gate.IsPaused("default"));
    }

    [Fact]
    public async Task A_new_credential_can_be_used_and_a_removed_one_is_unknown()
    {
        Start(Key(NewKey));

        await Change(
            $$$$"""{"OpenAI":{"Credentials":{"other":{"ApiKey":"{{{{NewKey}}}}","BaseUrl":"{{{{provider.Url}}}}"} }}}""");

        Assert.Null(Clients.Unknown(Any with { Credential = "OTHER" }));
        Assert.Contains(worker!.Services.GetRequiredService<CredentialGate>().States,
            state => state.Credential == "other");
        Assert.NotNull(Clients.Unknown(Any));
    }

    [Fact]
    public async Task Limits_hold_for_the_jobs_that_run_and_for_those_that_wait()
    {
        Start(Key(NewKey, """, "Limits":{"Groups":{"m":{"Models":"m","RequestsPerMinute":60}}}"""));
        var limiter = worker!.Services.GetRequiredService<RateLimiter>();
        Assert.Equal(60, limiter.CallsIn(Limit, Any, TimeSpan.FromMinutes(1)));

        await Change(
            Key(NewKey, """, "Limits":{"MaxHold":"00:00:07","Groups":{"m":{"Models":"m","RequestsPerMinute":600}}}"""));
        Assert.Equal(600, limiter.CallsIn(Limit, Any, TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromSeconds(7),
            worker.Services.GetRequiredService<IOptionsMonitor<LimitsOptions>>().CurrentValue.MaxHold);

        await Change(Key(NewKey));
        Assert.Equal(double.PositiveInfinity, limiter.CallsIn(Limit, Any, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Prices_are_those_of_the_settings_and_of_the_list_as_they_are_now()
    {
        var list = Path.Combine(folder, "prices.json");
        System.IO.File.WriteAllText(list, Prices(1));
        Start(Key(NewKey, $$$""", "Costs":{"PriceFile":"{{{list}}}"}"""));
        Assert.Equal(1m, CostOfMillion());

        System.IO.File.WriteAllText(list, Prices(2));
        await Reload.Take();
        Assert.Equal(2m, CostOfMillion());
        Assert.Contains("the list of Costs:PriceFile", lines.Text, StringComparison.Ordinal);

        await Change(Key(NewKey,
            $$$$""", "Costs":{"PriceFile":"{{{{list}}}}","Prices":{"own":{"Models":"m","Input":3,"Output":3}}}"""));
        Assert.Equal(3m, CostOfMillion());
    }

    [Fact]
    public async Task Log_levels_change()
    {
        Start(Key(NewKey));
        var log = worker!.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Any");
        Assert.False(log.IsEnabled(LogLevel.Debug));

        await Change(Key(NewKey, """, "Logging":{"LogLevel":{"Default":"Debug"}}"""));

        Assert.True(log.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public async Task What_cannot_change_is_named_and_stays_until_the_next_start()
    {
        Start(Key(NewKey, """, "Delivery":{"Concurrency":3}"""));

        await Change(Key(NewKey, """, "Delivery":{"Concurrency":5}, "Limits":{"Tenant":"who","Share":0.5}"""));

        Assert.Contains("count from the worker's next start: Delivery:Concurrency, Limits:Tenant", lines.Text,
            StringComparison.Ordinal);
        Assert.Contains("are in force: Limits:Share", lines.Text, StringComparison.Ordinal);
        Assert.Equal(3, worker!.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value.Concurrency);
        Assert.Null(worker.Services.GetRequiredService<IOptions<LimitsOptions>>().Value.Tenant);
    }

    [Theory]
    [InlineData("{", "is no JSON object of settings")]
    [InlineData("", "is no JSON object of settings")]
    [InlineData("""{"Limits":{"Shore":0.1}}""", "Limits:Shore is no setting. Did you mean Limits:Share?")]
    [InlineData("""{"Limits":{"Share":7}}""", "Limits:Share")]
    [InlineData("""{"Limits":{"Share":0.1}}""", "There is no credential")]
    public async Task A_file_with_which_no_worker_would_start_changes_nothing(string text, string says)
    {
        Start(Key(NewKey));

        await Change(text);

        Assert.Contains("nothing of it is taken", lines.Text, StringComparison.Ordinal);
        Assert.Contains(says, lines.Text, StringComparison.Ordinal);
        Assert.Equal(1, worker!.Services.GetRequiredService<IOptionsMonitor<LimitsOptions>>().CurrentValue.Share);
        Assert.True((await Clients.Ask("default", Cancelled)).IsAccepted);
    }

    [Fact]
    public async Task A_file_that_goes_and_comes_back_changes_nothing()
    {
        Start(Key(NewKey));
        System.IO.File.Delete(File);
        await Reload.Take();
        Assert.Contains("cannot be read: there is no such file", lines.Text, StringComparison.Ordinal);

        await Change(Key(NewKey));

        Assert.DoesNotContain("are in force", lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_goes_before_a_file_that_changes()
    {
        Start(Key(NewKey), "--Limits:Share=0.9");

        await Change(Key(NewKey, """, "Limits":{"Share":0.2}"""));

        Assert.Equal(0.9, worker!.Services.GetRequiredService<IOptionsMonitor<LimitsOptions>>().CurrentValue.Share);
        Assert.DoesNotContain("Limits:Share", lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_are_looked_at_while_the_worker_runs_also_where_a_link_is_turned()
    {
        var real = Path.Combine(folder, "one.json");
        System.IO.File.WriteAllText(real, Key(NewKey));
        System.IO.File.CreateSymbolicLink(File, real);
        Start(null);
        await Reload.StartAsync(Cancelled);

        // As Kubernetes changes a mounted file.
        var other = Path.Combine(folder, "two.json");
        System.IO.File.WriteAllText(other, Key(NewKey, """, "Limits":{"Share":0.3}"""));
        System.IO.File.Delete(File);
        System.IO.File.CreateSymbolicLink(File, other);

        await Eventually.Is(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return worker!.Services.GetRequiredService<IOptionsMonitor<LimitsOptions>>().CurrentValue.Share == 0.3;
        });
        await Reload.StopAsync(Cancelled);
    }

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    OpenAIClients Clients => worker!.Services.GetRequiredService<OpenAIClients>();

    string Key(string key, string more = "") =>
        $$$$"""{"OpenAI":{"Credentials":{"default":{"ApiKey":"{{{{key}}}}","BaseUrl":"{{{{provider.Url}}}}"} }}{{{{more}}}} }""";

    static string Prices(int dollars) =>
        $$$"""{"m":{"mode":"chat","input_cost_per_token":0.00000{{{dollars}}},"output_cost_per_token":0}}""";

    decimal? CostOfMillion() =>
        worker!.Services.GetRequiredService<PriceList>().Of(new() { InputTokens = 1_000_000 }, null, "m")?.Amount;

    void Start(string? settings, params string[] more)
    {
        if (settings is not null)
            System.IO.File.WriteAllText(File, settings);
        var builder = WorkerHost.Worker(
            [$"--settings={File}", $"--Storage:Path={Path.Combine(folder, "a.db")}", .. more]);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Logging.ClearProviders().AddProvider(lines);
        worker = builder.Build();
    }

    async Task Change(string settings)
    {
        System.IO.File.WriteAllText(File, settings);
        await Reload.Take();
    }
}
