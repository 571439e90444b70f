namespace OpenAIWorker.Cli.Batch;

/// <summary>What the command line asked for.</summary>
sealed record BatchOptions(string Input, string Output, bool Restart, bool Resend, int? Window, bool NoProgress)
{
    /// <summary>Jobs sent and not ended, at most. In this process they take memory; a broker has more room.</summary>
    public int WindowFor(bool isEmbedded) => Window ?? (isEmbedded ? 1_024 : 10_000);

    /// <summary>How jobs without an id are named.</summary>
    public string Name => Input == "-" ? "stdin" : Path.GetFileNameWithoutExtension(Input);
}
