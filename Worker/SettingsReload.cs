using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Costs;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker;

/// <summary>
/// Applies changes of the settings files, and of their price list, while the worker runs. The files are checked every
/// second, because a mounted volume sends no notifications. A file with an error changes nothing and is logged once.
/// </summary>
/// <param name="configuration">The running worker's configuration.</param>
/// <param name="again">Reads all settings again, as at the start.</param>
/// <param name="secrets">Receives the new keys, to mask them.</param>
/// <param name="logger">Logs what changed.</param>
sealed partial class SettingsReload(IConfiguration configuration, Func<HostApplicationBuilder> again,
    OwnSecrets secrets, TimeProvider clock, ILogger<SettingsReload> logger)
    : SteadyWork(clock, logger)
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly Log log = new(logger);
    readonly IReadOnlyList<SettingsFile> files = SettingsFiles.Of(configuration);
    string? prices;

    string Names => string.Join(" and ", files.Where(file => file.Fingerprint is not null).Select(file => file.Name));

    protected override async Task Work(CancellationToken stop)
    {
        prices = Prices();
        var (known, last) = (Taken(), "");
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Every, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = Seen();
            // A file that is still being written is checked again.
            if (now != known && now == last)
            {
                known = now;
                await Take();
            }
            last = now;
        }
    }

    /// <summary>Applies the changes.</summary>
    public async Task Take()
    {
        try
        {
            var fresh = again();
            var change = SettingsChange.Between(configuration, fresh.Configuration, SettingsCatalog.Names);
            var merged = files.Zip(SettingsFiles.Of(fresh.Configuration),
                (mine, theirs) => (Mine: mine, Theirs: theirs, Values: SettingsChange.Merged(mine, theirs))).ToList();
            foreach (var file in merged)
                file.Theirs.Take(file.Values);
            await using (var services = fresh.Services.BuildServiceProvider())
                services.GetRequiredService<IStartupValidator>().Validate();
            secrets.Learn(fresh.Configuration);
            var arePricesNew = prices != (prices = Prices(fresh.Configuration));
            foreach (var file in merged)
                if (arePricesNew || !file.Values.ToHashSet().SetEquals(file.Mine.Values))
                    file.Mine.Take(file.Values);
            Tell(arePricesNew ? [.. change.Taken.Append("the list of Costs:PriceFile")] : change.Taken, change.Left);
        }
        catch (Exception wrong) when (Problems(wrong).Any())
        {
            log.Refused(string.Join(" ", Problems(wrong).Distinct()));
        }
    }

    static IEnumerable<string> Problems(Exception wrong) => wrong switch
    {
        SettingsException settings => settings.Problems,
        OptionsValidationException options => options.Failures,
        AggregateException several => several.InnerExceptions.SelectMany(Problems),
        _ => [],
    };

    // Names only, never values: keys are among them.
    void Tell(IReadOnlyList<string> taken, IReadOnlyList<string> left)
    {
        if (taken.Count > 0)
            log.Taken(Names, string.Join(", ", taken));
        if (left.Count > 0)
            log.Left(Names, string.Join(", ", left));
    }

    string Taken() => string.Join(' ', files.Select(file => file.Taken)) + prices;

    string Seen() => string.Join(' ', files.Select(file => file.Fingerprint)) + Prices();

    string? Prices() => Prices(configuration);

    static string? Prices(IConfiguration configuration)
    {
        var setting = $"{SettingNames.Section(typeof(CostsOptions))}:{nameof(CostsOptions.PriceFile)}";
        return configuration[setting] is { Length: > 0 } file ? SettingsFile.FingerprintOf(file) : null;
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(50, LogLevel.Information, "Settings in {Files} have changed, and are in force: {Settings}")]
        public partial void Taken(string files, string settings);

        [LoggerMessage(51, LogLevel.Warning,
            "Settings in {Files} have changed, and apply from the worker's next start: {Settings}")]
        public partial void Left(string files, string settings);

        [LoggerMessage(52, LogLevel.Error,
            "The changed settings are not applied, because the worker would not start with them: {Problems}")]
        public partial void Refused(string problems);
    }
}
