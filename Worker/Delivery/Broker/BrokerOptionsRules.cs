using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>
/// Rules for the broker's address, nodes and certificates beyond patterns. Messages never contain the password.
/// </summary>
sealed partial class BrokerOptionsRules : IValidateOptions<BrokerOptions>
{
    const string Address =
        "Broker:Uri is not a broker's address; allowed: amqp[s]://user:password@host[:port][/vhost], with %2F for a / "
            + "in the virtual host's name. Leave it out for the embedded transport.";

    public ValidateOptionsResult Validate(string? name, BrokerOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    static IEnumerable<string> Problems(BrokerOptions options)
    {
        if (!PrefixForm().IsMatch(options.Prefix ?? ""))
            yield return $"Broker:Prefix is '{options.Prefix}'; allowed: 1 to 40 of a-z 0-9 - _, such as openai.";
        foreach (var problem in options.IsEmbedded ? [] : OfAddress(options))
            yield return problem;
    }

    static IEnumerable<string> OfAddress(BrokerOptions options)
    {
        if (!Uri.TryCreate(options.Uri, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps")
            || address.Host.Length == 0 || address.Segments.Length > 2)
            return [Address];
        return [.. Nodes(options), .. Management(options),
            .. address.Scheme == "amqps" ? Files(options) : Plain(options)];
    }

    static IEnumerable<string> Nodes(BrokerOptions options)
    {
        if (BrokerNodes.Wrong(options) is { } wrong)
            yield return $"Broker:Nodes has '{wrong}'; allowed: host and host:port, joined by commas. User, "
                + "password and virtual host are those of Broker:Uri.";
    }

    static IEnumerable<string> Management(BrokerOptions options)
    {
        if (!string.IsNullOrEmpty(options.Management)
            && !(Uri.TryCreate(options.Management, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https"))
            yield return "Broker:Management is not the address of a management API; allowed: "
                + "http[s]://user:password@host:15672. Leave it out to set the policy by hand.";
    }

    static IEnumerable<string> Plain(BrokerOptions options)
    {
        foreach (var (setting, value) in new[] { ("CaFile", options.CaFile), ("ServerName", options.ServerName),
            ("CertificateFile", options.CertificateFile), ("KeyFile", options.KeyFile) })
        {
            if (!string.IsNullOrEmpty(value))
                yield return $"Broker:{setting} is {value}, but Broker:Uri begins with amqp://, which has no TLS. "
                    + "Begin it with amqps://.";
        }
    }

    static IEnumerable<string> Files(BrokerOptions options)
    {
        if (!string.IsNullOrEmpty(options.KeyFile) && string.IsNullOrEmpty(options.CertificateFile))
            return [$"Broker:KeyFile is {options.KeyFile}, but there is no Broker:CertificateFile that it belongs to."];
        try
        {
            BrokerTls.Of(options);
            return [];
        }
        catch (SettingsException unfit)
        {
            return unfit.Problems;
        }
    }

    [GeneratedRegex(@"^[a-z0-9_-]{1,40}\z")]
    private static partial Regex PrefixForm();
}
