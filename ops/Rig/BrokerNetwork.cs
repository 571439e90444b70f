namespace OpenAIWorker.Rig;

/// <summary>How the nodes of a broker are reached.</summary>
public enum BrokerNetwork
{
    /// <summary>Through published ports, wherever Docker runs. Docker's proxy copies every byte.</summary>
    Own,

    /// <summary>
    /// On the machine's own loopback. One node only; needs Docker on Linux, not rootless and not Docker Desktop.
    /// </summary>
    Machine,
}
