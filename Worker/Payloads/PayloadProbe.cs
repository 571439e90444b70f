using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Payloads;

/// <summary>Checks whether the payload store accepts a few bytes.</summary>
static class PayloadProbe
{
    public static async Task<ProbeReport> Run(IPayloadStore store, PayloadsOptions options,
        CancellationToken cancellation)
    {
        var what = $"payloads in {options.Store}";
        try
        {
            await store.Try(cancellation);
            return new(what, true, "it accepts bytes");
        }
        catch (FailureException broken)
        {
            return new(what, false, broken.InnerException is { } why
                ? $"{broken.Message} ({PlainText.Name(why.GetBaseException().Message)})"
                : broken.Message);
        }
    }
}
