using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>Excludes some of the libraries' logs.</summary>
static class LogRules
{
    /// <summary>For each provider by name, because settings for one of them would override rules for all.</summary>
    public static void Quieten<T>(this ILoggingBuilder logging) where T : ILoggerProvider
    {
        // MassTransit logs every failed delivery with its stack trace and text of the message; the delivery's own log
        // needs one line.
        logging.AddFilter<T>("MassTransit.ReceiveTransport", LogLevel.None);
        // No page of stack trace for each attempt to reach a broker.
        logging.AddFilter<T>("MassTransit", LogLevel.Error);
        // A failure in the host ends the program, which explains it in a sentence.
        logging.AddFilter<T>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
