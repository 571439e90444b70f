namespace OpenAIWorker.Rig;

/// <summary>Where a broker's nodes are reached.</summary>
public enum BrokerNetwork
{
    /// <summary>Behind published ports, wherever Docker runs. Docker's proxy takes every byte in its hands.</summary>
    Own,

    /// <summary>On the machine's own loopback. One node; Docker on Linux, not rootless, no Docker Desktop.</summary>
    Machine,
}
