namespace OpenAIWorker.Cli;

/// <summary>How the program ends.</summary>
static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Some jobs failed, or a check did.</summary>
    public const int Failed = 1;

    /// <summary>The command or a setting is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The worker has had no jobs although its broker answers: start it again.</summary>
    public const int Deaf = Delivery.Broker.WorkerExit.Deaf;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
