using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>What of the libraries' own logs is not for a log.</summary>
static class LogRules
{
    /// <summary>For each provider by name: settings for one of them would override rules for all.</summary>
    public static void Quieten<T>(this ILoggingBuilder logging) where T : ILoggerProvider
    {
        // MassTransit logs every failed delivery with its stack, and words of the message; the deliveries' own log says
        // it in one line.
        logging.AddFilter<T>("MassTransit.ReceiveTransport", LogLevel.None);
        // Nor a page of stack for each try at a broker that is away.
        logging.AddFilter<T>("MassTransit", LogLevel.Error);
        // What fails in the host ends the program, which says why in a sentence.
        logging.AddFilter<T>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
