using Microsoft.Extensions.Options;

namespace OpenAIWorker.Tests.Running;

/// <summary>Options that never change.</summary>
sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
