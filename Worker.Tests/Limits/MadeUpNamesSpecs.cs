using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Limits;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Tests.Limits;

/// <summary>Senders can invent names of models.</summary>
public sealed class MadeUpNamesSpecs : IDisposable
{
    const int Many = 10_000;
    const int Room = 100;

    static readonly JobRequest Any = new MessageModel { JobId = "job", Model = "m" };

    readonly FakeTimeProvider clock = new();
    readonly ServiceProvider services;
    readonly RateLimiter limiter;

    public MadeUpNamesSpecs()
    {
        var credentials = new Dictionary<string, CredentialOptions> { ["default"] = new() { ApiKey = "any" } };
        var groups = new Dictionary<string, LimitGroupOptions> { ["fixed"] = new() { Models = "fixed-*" } };
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock)
            .AddSingleton(OwnSecrets.Of(new ConfigurationBuilder().Build(), SettingsCatalog.Settings)).AddTelemetry()
            .AddUpstream(OpenAIWorker.Operations.OperationCatalog.CallOf).AddLimits()
            .AddSingleton<IOptionsMonitor<OpenAIOptions>>(
                new FixedOptions<OpenAIOptions>(new() { Credentials = credentials }))
            .AddSingleton<IOptionsMonitor<LimitsOptions>>(
                new FixedOptions<LimitsOptions>(new() { MaxGroups = Room, Groups = groups }))
            .BuildServiceProvider();
        limiter = services.GetRequiredService<RateLimiter>();
    }

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Ten_thousand_models_that_no_provider_knows_are_not_ten_thousand_groups()
    {
        for (var number = 0; number < Many; number++)
            End(await Ask($"made-up-{number}"), took: null);

        Assert.InRange(limiter.Groups.Count(), 1, Room);
    }

    [Fact]
    public async Task Nor_are_those_that_all_run_at_once()
    {
        for (var number = 0; number < Many; number++)
            _ = Ask($"made-up-{number}");
        await Ask("fixed-1");

        // All excess names share one; those of the settings always have their own.
        Assert.InRange(limiter.Groups.Count(), Room, Room + 2);
        Assert.Equal(ModelNames.Other, limiter.KeyOf(Any, "made-up-again").Group);
        Assert.Equal("fixed", limiter.KeyOf(Any, "fixed-2").Group);
    }

    [Fact]
    public async Task A_model_that_works_keeps_its_group_among_made_up_ones()
    {
        End(await Ask("gpt-6"), took: TimeSpan.FromSeconds(1));
        var group = Group("gpt-6");

        for (var number = 0; number < Many; number++)
            End(await Ask($"made-up-{number}"), took: null);

        Assert.Same(group, Group("gpt-6"));
    }

    [Fact]
    public async Task A_model_that_has_not_been_used_for_long_makes_room()
    {
        for (var number = 0; number < Room; number++)
            End(await Ask($"old-{number}"), took: TimeSpan.FromSeconds(1));
        Assert.Equal(ModelNames.Other, limiter.KeyOf(Any, "new").Group);

        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("new", limiter.KeyOf(Any, "new").Group);
    }

    [Fact]
    public void A_name_longer_than_any_model_has_is_not_kept() =>
        Assert.Equal(ModelNames.Other, limiter.KeyOf(Any, new('x', 200_000)).Group);

    [Fact]
    public void A_credential_in_another_spelling_has_no_limit_of_its_own()
    {
        var clients = services.GetRequiredService<OpenAIClients>();

        Assert.All(["default", "Default", "DEFAULT"], spelling => Assert.Equal("default", clients.Spelled(spelling)));
        Assert.Null(clients.Spelled(null));
        Assert.Equal("nobody", clients.Spelled("nobody"));
    }

    async Task<RateLimitLease> Ask(string model) =>
        (await limiter.Wait(limiter.KeyOf(Any, model), Any, TimeSpan.FromDays(1), int.MaxValue, null,
            TestContext.Current.CancellationToken, CancellationToken.None))!;

    LimitGroup Group(string model) => limiter.Groups.Single(group => group.Key.Group == model).Value;

    static void End(RateLimitLease turn, TimeSpan? took) => turn.End(new(false, false, null, took, null, null));
}
