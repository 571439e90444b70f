namespace OpenAIWorker.Settings;

/// <summary>What came of trying a connection.</summary>
sealed record ProbeReport(string What, bool IsGood, string Says);
