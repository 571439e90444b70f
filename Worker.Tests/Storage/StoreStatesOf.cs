using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAIWorker.Storage;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Tests.Storage;

static class StoreStatesOf
{
    /// <summary>A store state that nothing measures or reads.</summary>
    public static StoreStates Test(ILogger<StoreStates>? log = null) =>
        new(new WorkerMeter(new Meters()), log ?? NullLogger<StoreStates>.Instance);

    sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
