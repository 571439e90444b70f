using System.Text.Json;
using System.Text.Unicode;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Stands at the door: a body whose texts are none in Unicode ends its job as unreadable. Readers of JSON notice such a text only when they come to it, which
/// may be where nobody expects it: at the provider's door, or while the job's failure is told.
/// </summary>
sealed class WholeTextFilter(JobEnd end, ITransport transport, Topology topology) : IFilter<ReceiveContext>
{
    // \n, and \u0041.
    const int Shortest = 2;
    const int Escape = 6;

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var body = context.Body.GetBytes();
        if (!Utf8.IsValid(body))
            return End(context, "The body has bytes that are no UTF-8.");
        return HasHalfACharacter(body) ? End(context, @"The body has half a character: an escape of \ud800 to \udfff without the other one of its pair.") : next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("wholeText");

    public static bool HasHalfACharacter(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            var (unit, following) = (UnitOf(json), UnitOf(json.Length > Escape ? json[Escape..] : default));
            var isPair = char.IsHighSurrogate(unit) && char.IsLowSurrogate(following);
            if (char.IsSurrogate(unit) && !isPair)
                return true;
            json = json[Math.Min(json.Length, isPair ? 2 * Escape : Shortest)..];
        }
        return false;
    }

    async Task End(ReceiveContext context, string message)
    {
        // Told of the fault, MassTransit does not also take the message for one that nobody consumed.
        await context.NotifyFaulted(new JsonException(message));
        await end.Fail(context, topology.OperationOf(context, transport.Describe(context)), new(FailureKind.Permanent, FailureCodes.Unreadable, message, Remedy.Sender));
    }

    // What is no escape of this kind is no half of a character either.
    static char UnitOf(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', (byte)'u', ..] && text.Length >= Escape && ushort.TryParse(text[Shortest..Escape], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit) ? (char)unit : default;
}
