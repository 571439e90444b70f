using System.Runtime.InteropServices;
using OpenAIWorker.Cli.Signals;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// The first Ctrl-C, SIGTERM or SIGHUP (the terminal is closed) asks the run to stop; the second one ends the process
/// at once.
/// </summary>
sealed class Interrupt : IDisposable
{
    // A bar hides the cursor; this shows it again.
    const string ShowCursor = "\e[?25h\n";

    readonly CancellationTokenSource asked = new();
    readonly PosixSignalRegistration?[] signals;

    public Interrupt() => signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        HangUp.Handle(Stop),
    ];

    public CancellationToken Token => asked.Token;

    public void Dispose()
    {
        foreach (var signal in signals)
            signal?.Dispose();
        asked.Dispose();
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (asked.IsCancellationRequested)
            End();
        // Handlers may write, and must not delay a second signal.
        _ = Task.Run(asked.Cancel);
    }

    static void End()
    {
        try
        {
            if (Display.Progress.IsTerminal)
                Console.Error.Write(ShowCursor);
        }
        catch (IOException)
        {
            // The terminal is closed.
        }
        Environment.Exit(ExitCodes.Interrupted);
    }
}
