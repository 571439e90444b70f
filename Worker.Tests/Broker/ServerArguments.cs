namespace OpenAIWorker.Tests.Broker;

/// <summary>The arguments of the tests' own servers.</summary>
static class ServerArguments
{
    public const string Variable = "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS";

    /// <summary>
    /// A starting server may pass a message of the delay ladder to a queue that is not up yet. It tries again when no
    /// confirm has come for three minutes. docs/production.md recommends the shorter time, too.
    /// </summary>
    public const string Value = $"-rabbit dead_letter_worker_publisher_confirm_timeout 5000 {Sleeping}";

    /// <summary>
    /// Erlang's schedulers sleep when there is nothing to do, where by default they first look for work for a while.
    /// </summary>
    public const string Sleeping = "+sbwt none +sbwtdcpu none +sbwtdio none";

    /// <summary>
    /// A server of 3.10 reserves three file handles for each quorum queue, and hangs when none is left. If it is
    /// started through <c>su</c> it may have 1,024, which is too few for the queues of many tests.
    /// </summary>
    public const string OpenFiles = "ulimit -n 100000 2>/dev/null || ulimit -S -n 20000 2>/dev/null || true\n";

    public const string OpenFilesPath = "/etc/rabbitmq/rabbitmq-env.conf";
}
