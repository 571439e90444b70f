using OpenAIWorker.Settings;

namespace OpenAIWorker.Payloads.Fetched;

static class AllowedHosts
{
    public static IReadOnlyList<string> HostsAllowed(this PayloadsOptions options) => NameList.Of(options.AllowedHosts);

    public static bool Allows(this PayloadsOptions options, string host) =>
        options.HostsAllowed().Contains(host, StringComparer.OrdinalIgnoreCase);
}
