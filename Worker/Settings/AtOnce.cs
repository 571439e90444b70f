namespace OpenAIWorker.Settings;

/// <summary>
/// The settings that take effect while the worker runs, when their file changes. All others apply from the next start.
/// </summary>
static class AtOnce
{
    static readonly string[] Sections = ["Logging:", "Costs:", "Limits:", "OpenAI:Credentials:"];

    // The tenant's key names queues and is stored with assistants; the number of lanes is read at the start.
    static readonly string[] Exceptions = ["Limits:Tenant", "Limits:MaxGroups"];

    public static bool Holds(string path) =>
        Sections.Any(section => path.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            && !Exceptions.Contains(path, StringComparer.OrdinalIgnoreCase);
}
