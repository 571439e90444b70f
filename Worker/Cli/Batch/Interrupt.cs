using System.Runtime.InteropServices;

namespace OpenAIWorker.Cli.Batch;

/// <summary>The first Ctrl-C or SIGTERM asks the run to stop; the second one ends the process at once.</summary>
sealed class Interrupt : IDisposable
{
    // A bar hides the cursor.
    const string ShowCursor = "\e[?25h\n";

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
        signal.Cancel = true;
        if (asked.IsCancellationRequested)
            End();
        // Whoever hears of it may write first, and this must not hold up a second signal.
        _ = Task.Run(asked.Cancel);
    }

    static void End()
    {
        if (Display.Progress.IsTerminal)
            Console.Error.Write(ShowCursor);
        Environment.Exit(ExitCodes.Interrupted);
    }
}
