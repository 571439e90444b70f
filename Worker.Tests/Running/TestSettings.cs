using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Running;

static class TestSettings
{
    /// <summary>The emulator as provider, the shortest waits that are allowed, payloads in a folder for tests, and no log.</summary>
    public static IReadOnlyList<string> For(OpenAIEmulator? emulator) =>
    [
        .. emulator is null ? Array.Empty<string>() : [$"--OpenAI:Credentials:default:BaseUrl={emulator.BaseUrl}"],
        "--OpenAI:Credentials:default:ApiKey=any",
        "--OpenAI:PollInterval=00:00:00.1",
        "--Delivery:FirstDelay=00:00:01",
        $"--Payloads:Folder={Path.Combine(Path.GetTempPath(), "openai-worker-tests")}",
        "--Logging:LogLevel:Default=None",
    ];
}
