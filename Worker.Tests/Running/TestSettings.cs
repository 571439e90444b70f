using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

[assembly: AssemblyFixture(typeof(TestFolder))]

namespace OpenAIWorker.Tests.Running;

static class TestSettings
{
    static readonly string Folder = TestFolder.Path;

    /// <summary>
    /// The emulator as provider, the shortest allowed waits, payloads and assistants in a test folder, no records, and
    /// no log.
    /// </summary>
    public static IReadOnlyList<string> For(OpenAIEmulator? emulator) =>
    [
        .. emulator is null ? Array.Empty<string>() : [$"--OpenAI:Credentials:default:BaseUrl={emulator.BaseUrl}"],
        "--OpenAI:Credentials:default:ApiKey=any",
        "--OpenAI:PollInterval=00:00:00.1",
        "--Delivery:FirstDelay=00:00:01",
        $"--Storage:Path={Path.Combine(Folder, "assistants", $"{Guid.NewGuid():N}.db")}",
        "--Records:Keep=Nothing",
        $"--Payloads:Folder={Folder}",
        $"--Delivery:UnsentAnswers={Path.Combine(Folder, "unsent")}",
        "--Logging:LogLevel:Default=None",
    ];
}

/// <summary>
/// The folder of one run of the tests, which goes with it. Workers look through their payloads when they start: what
/// was left of earlier runs would make each start slower.
/// </summary>
public sealed class TestFolder : IDisposable
{
    internal static string Path { get; } = Directory.CreateTempSubdirectory("openai-worker-tests-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A program that a test has killed may not be gone yet.
        }
    }
}
