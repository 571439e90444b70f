namespace OpenAIWorker.Settings;

/// <summary>What came of trying a connection.</summary>
sealed record ProbeReport(string What, bool IsGood, string Says)
{
    /// <summary>Whether every job would fail by it: a refused key, an address that does not answer.</summary>
    public bool IsHopeless { get; init; }
}
