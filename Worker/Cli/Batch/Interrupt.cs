using System.Runtime.InteropServices;

namespace OpenAIWorker.Cli.Batch;

/// <summary>The first Ctrl-C or SIGTERM asks the run to stop; the second one ends the process, as it would have without this.</summary>
sealed class Interrupt : IDisposable
{
    readonly CancellationTokenSource asked = new();
    readonly PosixSignalRegistration[] signals;

    public Interrupt() => signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    public CancellationToken Token => asked.Token;

    public void Dispose()
    {
        foreach (var signal in signals)
            signal.Dispose();
        asked.Dispose();
    }

    void Stop(PosixSignalContext signal)
    {
        if (asked.IsCancellationRequested)
            Environment.Exit(ExitCodes.Interrupted);
        signal.Cancel = true;
        asked.Cancel();
    }
}
