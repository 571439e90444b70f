using MassTransit;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// What names a job or a lane is short. A longer message is none of these, and is passed over before it is read, as
/// reading takes several times its size.
/// </summary>
sealed class ShortMessages : IFilter<ReceiveContext>
{
    // An id of 256 characters in MassTransit's envelope has some 2 KB, and as much again for the host's description.
    const int Longest = 64 * 1024;

    public static bool Fits(long length) => length <= Longest;

    public static void Only(IReceiveEndpointConfigurator endpoint) =>
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(new ShortMessages()));

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        Fits(context.Body.Length ?? 0) ? next.Send(context) : Task.CompletedTask;

    public void Probe(ProbeContext context) => context.CreateFilterScope("shortMessages");
}
