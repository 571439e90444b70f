using OpenAIWorker.Costs;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Health;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations.Assistants;
using OpenAIWorker.Payloads;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream;
using OpenAIWorker.Web;

namespace OpenAIWorker;

/// <summary>Every setting of the worker.</summary>
static class SettingsCatalog
{
    public static readonly KnownSettings Settings = new(
        new OpenAIOptions(), new BrokerOptions(), new DeliveryOptions(), new EventsOptions(), new LimitsOptions(),
        new CostsOptions(), new PayloadsOptions(),
        new StorageOptions(), new RecordsOptions(), new AssistantsOptions(), new ToolsOptions(), new TelemetryOptions(),
        new WebOptions(), new HealthOptions());

    public static IReadOnlyList<string> Names => Settings.Names;

    public static IReadOnlyList<Setting> All => Settings.All;
}
