using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Tests.Running;

/// <summary>Keeps all lines of a log.</summary>
sealed class EveryLine : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
