using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Faults;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary><c>/_emulator</c>: what the emulator saw, and how it is to behave.</summary>
static class Control
{
    public static void Map(WebApplication app)
    {
        var control = app.MapGroup("/_emulator");
        control.MapGet("/health", () => "ok");
        control.MapGet("/bill", (Ledger ledger) => ledger.Bill);
        control.MapGet("/bill/{job}", (string job, Ledger ledger) => ledger.BilledTo(job));
        control.MapGet("/calls", (Ledger ledger, string? job, string? model, int? limit) => ledger.Calls
            .Where(call => (job is null || call.Job == job) && (model is null || call.Model == model))
            .TakeLast(limit ?? int.MaxValue));
        control.MapDelete("/calls", (Ledger ledger) => ledger.Clear());
        control.MapPut("/limits", (LimitSetting setting, RateLimits limits) => limits.Set(setting.Model ?? RateLimits.AllModels, setting.Rpm, setting.Tpm, setting.BurstSeconds));
        control.MapPut("/faults", (FaultRule[] rules, FaultRules faults) => faults.Set(rules));
    }

    sealed record LimitSetting(string? Model, int? Rpm, int? Tpm, double? BurstSeconds);
}
