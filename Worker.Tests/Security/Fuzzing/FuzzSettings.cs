using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security.Fuzzing;

static class FuzzSettings
{
    /// <summary>The credential of the unchanged jobs.</summary>
    public const string Calm = "calm";

    /// <summary>A hostile provider for all but the unchanged jobs. A paused credential stops no run.</summary>
    public static IReadOnlyList<string> For(FuzzProvider provider, OpenAIEmulator emulator) =>
    [
        .. TestSettings.For(null),
        $"--OpenAI:Credentials:default:BaseUrl={provider.BaseUrl}",
        $"--OpenAI:Credentials:{Calm}:BaseUrl={emulator.BaseUrl}",
        $"--OpenAI:Credentials:{Calm}:ApiKey=any",
        "--Delivery:OnCredentialFailure=Fail",
        "--Delivery:MaxAttempts=2",
    ];
}
