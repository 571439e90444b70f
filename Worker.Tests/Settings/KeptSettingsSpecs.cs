using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery;
using OpenAIWorker.Limits;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Settings;

/// <summary>An invalid change of the files changes nothing, and is reported.</summary>
public sealed class KeptSettingsSpecs : SettingsReloadScene
{
    [Fact]
    public async Task What_cannot_change_is_named_and_stays_until_the_next_start()
    {
        Start(Key(NewKey, """, "Delivery":{"Concurrency":3}"""));

        await Change(Key(NewKey, """, "Delivery":{"Concurrency":5}, "Limits":{"Tenant":"who","Share":0.5}"""));

        Assert.Contains("apply from the worker's next start: Delivery:Concurrency, Limits:Tenant", lines.Text,
            StringComparison.Ordinal);
        Assert.Contains("are in force: Limits:Share", lines.Text, StringComparison.Ordinal);
        Assert.Equal(3, worker!.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value.Concurrency);
        Assert.Null(worker.Services.GetRequiredService<IOptions<LimitsOptions>>().Value.Tenant);
    }

    [Theory]
    [InlineData("{", "is not a JSON object of settings")]
    [InlineData("", "is not a JSON object of settings")]
    [InlineData("""{"Limits":{"Shore":0.1}}""", "Limits:Shore is not a setting. Did you mean Limits:Share?")]
    [InlineData("""{"Limits":{"Share":7}}""", "Limits:Share")]
    [InlineData("""{"Limits":{"Share":0.1}}""", "There is no credential")]
    public async Task A_file_with_which_no_worker_would_start_changes_nothing(string text, string says)
    {
        Start(Key(NewKey));

        await Change(text);

        Assert.Contains("are not applied", lines.Text, StringComparison.Ordinal);
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

        // In the way that Kubernetes changes a mounted file.
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
}
