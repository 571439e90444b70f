using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Cli.Orders;

/// <summary>Sends orders to the workers on the broker of the settings, and shows the orders in force.</summary>
static class OrderRun
{
    /// <summary>Sends an order, and prints which workers it reached.</summary>
    public static async Task<int> Send(IReadOnlyList<string> settings, Func<DateTimeOffset, Order> make,
        Func<Order, string> says, CancellationToken cancellation)
    {
        await using var services = WorkerHost.Settings(settings).Services.AddOrders().BuildServiceProvider();
        await using var desk = await OrderDesk.Open(services, cancellation);
        var clock = services.GetRequiredService<TimeProvider>();
        var order = make(clock.GetUtcNow());
        if (order.IsUndone && !(await desk.InForce(clock.GetUtcNow(), cancellation))
            .Any(known => known.Subject == order.Subject))
            throw new SettingsException([Nothing(order)]);
        await desk.Send(order, cancellation);
        Told.Out($"{says(order)} {Reached(await desk.Workers(cancellation))}");
        return ExitCodes.Success;
    }

    /// <summary>The orders in force, the one that ends last first.</summary>
    public static async Task<IReadOnlyList<Order>> InForce(IReadOnlyList<string> settings,
        CancellationToken cancellation)
    {
        await using var services = WorkerHost.Settings(settings).Services.AddOrders().BuildServiceProvider();
        await using var desk = await OrderDesk.Open(services, cancellation);
        return await desk.InForce(services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellation);
    }

    /// <summary>
    /// Warns about a credential that these settings do not have: it may be misspelt, or workers may have other
    /// settings.
    /// </summary>
    public static void Doubt(IReadOnlyList<string> settings, string? credential)
    {
        var known = WorkerHost.Settings(settings).Configuration.Read<OpenAIOptions>().Credentials;
        if (credential is null || known.Count == 0 || CredentialOptions.Named(known, credential) is not null)
            return;
        Told.Error(
            $"The settings here have no credential '{credential}', but {string.Join(", ", known.Keys.Order())}. "
                + "Workers without such a credential ignore this.");
    }

    static string Nothing(Order order) => order switch
    {
        { Kind: OrderKind.Pause } =>
            $"'{order.Credential}' is not paused by an operator, so there is nothing to resume. One that the "
                + "provider refuses is tested again by the workers (Delivery:ProbeInterval); 'worker limits list' "
                + "shows what is in force.",
        { Credential: { } credential } =>
            $"No limit is set for '{order.Group}' of the credential '{credential}'. 'worker limits list' shows the "
                + "limits in force.",
        _ =>
            $"No limit is set for '{order.Group}' of every credential. 'worker limits list' shows the limits in force.",
    };

    static string Reached(int? workers) => workers switch
    {
        null => "All workers were told.",
        0 => "No worker is running; workers that start later follow it.",
        1 => "One worker was told; workers that start later follow it too.",
        _ => $"{workers} workers were told; workers that start later follow it too.",
    };
}
