using System.Diagnostics;
using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Observing;

/// <summary>A message's place in a trace, as https://www.w3.org/TR/trace-context/ writes it.</summary>
static class TraceHeaders
{
    public const string Parent = "traceparent";
    public const string State = "tracestate";

    // A .NET producer with MassTransit's own tracing sends this instead of traceparent.
    const string MassTransitParent = "MT-Activity-Id";
    const int LongestState = 512;

    /// <summary>The sender's trace context; null if there is none, or it is invalid.</summary>
    public static ActivityContext? Read(Headers headers) =>
        ActivityContext.TryParse(ParentOf(headers), StateOf(headers), isRemote: true, out var context) ? context : null;

    /// <summary>The headers for a message of this span.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Activity span) => Of(span.Id!, span.TraceStateString);

    /// <summary>
    /// The trace of a job that continues: its sender's, else that of the span that first received it.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Onward(Headers received) => Read(received) is null
        ? WorkerTrace.Current is { } span ? Of(span) : []
        : Of(ParentOf(received)!, StateOf(received));

    static IEnumerable<KeyValuePair<string, string>> Of(string parent, string? state)
    {
        yield return new(Parent, parent);
        if (state is { Length: > 0 })
            yield return new(State, state);
    }

    static string? ParentOf(Headers headers) => headers.Text(Parent) ?? headers.Text(MassTransitParent);

    // It is sent to the provider as a header, so it must be valid there.
    static string? StateOf(Headers headers) =>
        headers.Text(State) is { Length: <= LongestState } state
            && state.All(character => character is >= ' ' and <= '~') ? state : null;
}
