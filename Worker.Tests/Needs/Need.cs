namespace OpenAIWorker.Tests.Needs;

/// <summary>What a test needs beside its own process.</summary>
[Flags]
enum Need
{
    Nothing = 0,

    /// <summary>Something that may be missing, so that the test may be skipped: a broker, a database, S3.</summary>
    Service = 1,

    /// <summary>It starts another program.</summary>
    Program = 2,
}
