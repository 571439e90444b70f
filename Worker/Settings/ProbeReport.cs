namespace OpenAIWorker.Settings;

/// <summary>The result of trying a connection.</summary>
sealed record ProbeReport(string What, bool IsGood, string Says)
{
    /// <summary>Whether every job would fail because of it: a refused key, an address that does not answer.</summary>
    public bool IsHopeless { get; init; }
}
