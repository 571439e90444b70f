namespace OpenAIWorker.Tests.Broker;

/// <summary>What the tests' own servers are started with.</summary>
static class ServerArguments
{
    public const string Variable = "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS";

    /// <summary>
    /// A server that starts may hand a message of the delay ladder to a queue that is not up yet, and tries again when
    /// no confirm has come for three minutes. docs/production.md recommends the shorter time, too.
    /// </summary>
    public const string Value = $"-rabbit dead_letter_worker_publisher_confirm_timeout 5000 {Sleeping}";

    /// <summary>
    /// Erlang's schedulers sleep when there is nothing to do, where by default they first look for work for a while.
    /// </summary>
    public const string Sleeping = "+sbwt none +sbwtdcpu none +sbwtdio none";

    /// <summary>
    /// A server of 3.10 sets three file handles aside for each quorum queue, and stands still when none is left. Where
    /// it starts through <c>su</c>, it may have 1,024, which is too few for many tests' queues.
    /// </summary>
    public const string OpenFiles = "ulimit -n 100000 2>/dev/null || ulimit -S -n 20000 2>/dev/null || true\n";

    public const string OpenFilesPath = "/etc/rabbitmq/rabbitmq-env.conf";
}
