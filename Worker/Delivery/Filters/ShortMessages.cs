using MassTransit;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Messages that name a job or a lane are short. A longer message is skipped before it is read, because reading takes
/// several times its size.
/// </summary>
sealed class ShortMessages : IFilter<ReceiveContext>
{
    // An id of 256 characters in MassTransit's envelope takes about 2 KB, and the host's description as much again.
    const int Longest = 64 * 1024;

    public static bool Fits(long length) => length <= Longest;

    public static void Only(IReceiveEndpointConfigurator endpoint) =>
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(new ShortMessages()));

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        Fits(context.Body.Length ?? 0) ? next.Send(context) : Task.CompletedTask;

    public void Probe(ProbeContext context) => context.CreateFilterScope("shortMessages");
}
