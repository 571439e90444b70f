namespace OpenAIWorker.Cli;

/// <summary>The exit codes of the program.</summary>
static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Some jobs or checks failed.</summary>
    public const int Failed = 1;

    /// <summary>The command or a setting is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The worker has received no jobs although its broker answers: start it again.</summary>
    public const int Deaf = Delivery.Broker.Watching.WorkerExit.Deaf;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
