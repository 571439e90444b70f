using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Running;

static class TestSettings
{
    static readonly string Folder = Path.Combine(Path.GetTempPath(), "openai-worker-tests");

    /// <summary>
    /// The emulator as provider, the shortest waits that are allowed, payloads and assistants in a folder for tests, no
    /// records, and no log.
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
