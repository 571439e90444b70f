namespace OpenAIWorker.Tests.Broker;

/// <summary>What the tests' own servers are started with.</summary>
static class ServerArguments
{
    public const string Variable = "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS";

    /// <summary>
    /// A server that starts may hand a message of the delay ladder to a queue that is not up yet, and tries again when no confirm has come
    /// for three minutes. ops/README.md recommends the shorter time, too.
    /// </summary>
    public const string Value = "-rabbit dead_letter_worker_publisher_confirm_timeout 5000";
}
