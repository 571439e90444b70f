using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Tests.Running;

/// <summary>Waits for a line in the worker's log with certain words.</summary>
sealed class LogWatch(string words) : ILoggerProvider, ILogger
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Seen => seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (line.Contains(words, StringComparison.Ordinal))
            seen.TrySetResult(line);
    }

    public void Dispose()
    {
    }
}
