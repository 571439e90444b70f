using Microsoft.Extensions.Options;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Upstream.Credentials;

/// <summary>Rules for credentials beyond ranges.</summary>
sealed class CredentialRules : IValidateOptions<OpenAIOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAIOptions options)
    {
        var broken = options.Credentials.SelectMany(credential => Broken(credential.Key, credential.Value)).ToList();
        if (options.Credentials.Count == 0)
            broken.Add("There is no credential. Set OPENAI_API_KEY, or OpenAI:Credentials:default:ApiKey.");
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    static IEnumerable<string> Broken(string name, CredentialOptions credential)
    {
        if (string.IsNullOrWhiteSpace(credential.ApiKey))
            yield return name == CredentialOptions.Default
                ? "OpenAI:Credentials:default:ApiKey is missing. Set it, or OPENAI_API_KEY; for a provider "
                    + "without keys, use any word."
                : $"OpenAI:Credentials:{name}:ApiKey is missing. For a provider without keys, set it to any word.";
        else if (credential.ApiKey.Any(character => character is < '!' or > '~'))
            yield return $"OpenAI:Credentials:{name}:ApiKey has a space, a line break or a character that is not "
                + "ASCII; a header cannot carry it.";
        foreach (var (header, value) in credential.Headers)
            if (!CredentialHeaders.IsName(header) || CredentialHeaders.IsOwn(header)
                || value.Any(character => character is < ' ' or > '~'))
                yield return $"OpenAI:Credentials:{name}:Headers:{header} cannot be sent. Allowed: names of "
                    + "headers that the worker does not set itself, with values in ASCII.";
        if (credential.BaseUrl is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            yield return $"OpenAI:Credentials:{name}:BaseUrl is '{PlainAddress.Of(credential.BaseUrl)}'; allowed: "
                + "http and https addresses such as https://api.openai.com/v1.";
    }
}
