using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>The verb batch in a terminal, with an emulator.</summary>
public abstract class TerminalScene : IAsyncLifetime
{
    private protected readonly BatchScene scene = new();
    private protected OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    private protected IReadOnlyList<string> Batch(params string[] more) =>
        ["batch", scene.Input, "-o", scene.Output, .. TestSettings.For(emulator), .. more];

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        scene.Dispose();
        return emulator.DisposeAsync();
    }
}
