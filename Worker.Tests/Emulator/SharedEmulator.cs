namespace OpenAIWorker.Tests.Emulator;

/// <summary>One emulator for a class whose tests leave no state behind.</summary>
public sealed class SharedEmulator : IAsyncLifetime
{
    public EmulatorDriver Driver { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Driver = await EmulatorDriver.Start();

    public ValueTask DisposeAsync() => Driver.DisposeAsync();
}
