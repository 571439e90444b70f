using Amazon.Runtime;
using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads.Fetched;
using OpenAIWorker.Payloads.S3;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Payloads;

/// <summary>Rules for payloads beyond ranges.</summary>
sealed class PayloadsRules : IValidateOptions<PayloadsOptions>
{
    public ValidateOptionsResult Validate(string? name, PayloadsOptions options)
    {
        var broken = (options.Store == PayloadStoreKind.S3 ? Broken(options.S3) : []).Concat(BrokenHosts(options))
            .ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    static IEnumerable<string> Broken(S3Options s3)
    {
        if (string.IsNullOrWhiteSpace(s3.Bucket))
            yield return "Payloads:S3:Bucket is missing, but Payloads:Store is S3. Name a bucket that exists.";
        if (string.IsNullOrEmpty(s3.AccessKey) != string.IsNullOrEmpty(s3.SecretKey))
            yield return "Payloads:S3:AccessKey and Payloads:S3:SecretKey need each other. Set both, or neither for "
                + "the machine's own credentials.";
        if (s3 is { ServiceUrl: null, Region: null } && FallbackRegionFactory.GetRegionEndpoint() is null)
            yield return "Payloads:S3:Region is missing, and this machine has none. Set it, or "
                + "Payloads:S3:ServiceUrl for a server that is not Amazon's.";
        if (s3.ServiceUrl is not null and not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            yield return $"Payloads:S3:ServiceUrl is '{PlainAddress.Of(s3.ServiceUrl)}'; allowed: http and https "
                + "addresses such as https://s3.example.com.";
    }

    static IEnumerable<string> BrokenHosts(PayloadsOptions options) =>
        from host in options.HostsAllowed()
        where Uri.CheckHostName(host) == UriHostNameType.Unknown
        select $"Payloads:AllowedHosts has '{host}'; allowed: names and addresses of hosts, without a scheme or "
            + "port, separated by commas.";
}
