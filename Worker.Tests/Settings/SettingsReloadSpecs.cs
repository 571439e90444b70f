using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Limits;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Settings;

/// <summary>How a running worker reacts to changes of its settings file.</summary>
public sealed class SettingsReloadSpecs : SettingsReloadScene
{
    static readonly MessageModel Any = new() { JobId = "j", Model = "m" };
    static readonly LimitKey Limit = new("default", "m");

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
        var pauses = worker.Services.GetRequiredService<CredentialPauses>();
        Assert.True(pauses.IsPaused("default"));

        await Change(Key(NewKey));

        await Eventually.Is(() => !pauses.IsPaused("default"));
    }

    [Fact]
    public async Task A_new_credential_can_be_used_and_a_removed_one_is_unknown()
    {
        Start(Key(NewKey));

        await Change(
            $$$$"""{"OpenAI":{"Credentials":{"other":{"ApiKey":"{{{{NewKey}}}}","BaseUrl":"{{{{provider.Url}}}}"} }}}""");

        Assert.Null(Clients.Unknown(Any with { Credential = "OTHER" }));
        Assert.Contains(worker!.Services.GetRequiredService<CredentialPauses>().States,
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

    static string Prices(int dollars) =>
        $$$"""{"m":{"mode":"chat","input_cost_per_token":0.00000{{{dollars}}},"output_cost_per_token":0}}""";

    decimal? CostOfMillion() =>
        worker!.Services.GetRequiredService<PriceList>().Of(new() { InputTokens = 1_000_000 }, null, "m")?.Amount;
}
