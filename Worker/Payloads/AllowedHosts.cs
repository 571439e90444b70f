namespace OpenAIWorker.Payloads;

static class AllowedHosts
{
    public static IReadOnlyList<string> HostsAllowed(this PayloadsOptions options) =>
        options.AllowedHosts?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static bool Allows(this PayloadsOptions options, string host) => options.HostsAllowed().Contains(host, StringComparer.OrdinalIgnoreCase);
}
