using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Delivery.Handlers;

/// <summary>
/// Skips an answer that is too long for the model, because reading takes several times its size; the model is told its
/// length. Its call is found by the message's correlation id, otherwise by its member <c>callId</c>.
/// </summary>
sealed class LongAnswers(ToolAnswers answers, ITransport transport) : IFilter<ReceiveContext>
{
    // The longest answer for the model may have six bytes per character, in an envelope that escapes it again.
    const int Longest = 1024 * 1024;

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var length = context.Body.Length ?? 0;
        if (length <= Longest)
            return next.Send(context);
        if ((transport.Describe(context).CorrelationId ?? CallId(context.GetBody())) is { } call && JobId.Fits(call))
            answers.Add(call, new() { Error = ToolWords.TooLong($"{length} bytes") });
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("longAnswers");

    // The body's own member, or that of an envelope's message.
    static string? CallId(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
                if (reader.CurrentDepth <= 2 && reader.TokenType == JsonTokenType.PropertyName
                    && reader.ValueTextEquals("callId"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                    return reader.GetString();
            return null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
