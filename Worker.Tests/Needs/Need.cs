namespace OpenAIWorker.Tests.Needs;

/// <summary>What a test needs besides its own process.</summary>
[Flags]
enum Need
{
    Nothing = 0,

    /// <summary>Something that may be missing, in which case the test is skipped: a broker, a database, S3.</summary>
    Service = 1,

    /// <summary>It starts another program.</summary>
    Program = 2,
}
