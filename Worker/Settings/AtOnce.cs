namespace OpenAIWorker.Settings;

/// <summary>
/// Which settings take effect while the worker runs, when their file changes. All others count from the next start.
/// </summary>
static class AtOnce
{
    static readonly string[] Sections = ["Logging:", "Costs:", "Limits:", "OpenAI:Credentials:"];

    // Queues are named and assistants are kept by the tenant's key, and the number of lanes is counted from the start.
    static readonly string[] Exceptions = ["Limits:Tenant", "Limits:MaxGroups"];

    public static bool Holds(string path) =>
        Sections.Any(section => path.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            && !Exceptions.Contains(path, StringComparer.OrdinalIgnoreCase);
}
