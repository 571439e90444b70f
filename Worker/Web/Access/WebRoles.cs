namespace OpenAIWorker.Web.Access;

/// <summary>The roles of a token.</summary>
static class WebRoles
{
    /// <summary>Sends jobs, puts payloads, cancels its own jobs.</summary>
    public const string Send = "send";

    /// <summary>Sees jobs, their requests and their answers.</summary>
    public const string Read = "read";

    /// <summary>Pauses, changes limits, replays and discards failed jobs.</summary>
    public const string Operate = "operate";

    public static readonly IReadOnlyList<string> All = [Send, Read, Operate];
}
