using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OpenAIWorker.Cli.Signals;

/// <summary>SIGHUP: the terminal is closed. Without a handler it ends the process at once, like SIGKILL.</summary>
static class HangUp
{
    /// <summary>Handles it; null: <c>nohup</c> ignores it on purpose.</summary>
    public static PosixSignalRegistration? Handle(Action<PosixSignalContext> handler) =>
        IsIgnored ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, handler);

    /// <summary>Lets it stop the host in order, as SIGTERM does.</summary>
    public static IDisposable? Stops(IHost host)
    {
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        return Handle(signal =>
        {
            signal.Cancel = true;
            lifetime.StopApplication();
        });
    }

    static bool IsIgnored =>
        OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
            .FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && ulong.TryParse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out var signals) && (signals & 1) == 1;
}
