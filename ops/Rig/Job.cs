namespace OpenAIWorker.Rig;

/// <summary>A job to be sent.</summary>
/// <param name="Operation">The operation's name, such as <c>message-model</c>.</param>
/// <param name="Id">The job's id, which <paramref name="Body"/> has too.</param>
/// <param name="Body">The body, sent as JSON.</param>
public sealed record Job(string Operation, string Id, object Body);
