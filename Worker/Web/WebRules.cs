using System.Net;
using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;
using OpenAIWorker.Settings;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web;

/// <summary>Rules for the web's settings beyond ranges.</summary>
sealed class WebRules(IOptions<LimitsOptions> limits) : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options)
    {
        var broken = Broken(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    IEnumerable<string> Broken(WebOptions options)
    {
        if (options.Address is { Length: > 0 } given && given != ListenAddress.All && !IPAddress.TryParse(given, out _))
            yield return $"Web:Address is '{given}', which is not an IP address. Give one, such as 127.0.0.1, or * for "
                + "all.";
        else if (options.Tokens.Count == 0 && !IPAddress.IsLoopback(ListenAddress.Of(options)))
            yield return $"Web:Address is '{options.Address}', but there is no token, so anyone who reaches it "
                + "could send jobs. Make one with 'worker web token', or leave the address out.";
        if (options.KeyFile is { Length: > 0 } && options.CertificateFile is not { Length: > 0 })
            yield return "Web:KeyFile is set, but Web:CertificateFile is not. Set both.";
        foreach (var file in new[] { options.CertificateFile, options.KeyFile })
        {
            if (file is { Length: > 0 } && !File.Exists(file))
                yield return $"{(file == options.CertificateFile ? "Web:CertificateFile" : "Web:KeyFile")} is "
                    + $"'{file}', but there is no such file.";
        }
        foreach (var (token, one) in options.Tokens)
            foreach (var problem in Broken(token, one))
                yield return problem;
    }

    IEnumerable<string> Broken(string name, WebTokenOptions token)
    {
        // The wrong value may be the token itself: it is not shown.
        if (TokenHash.Read(token.Hash) is null)
            yield return $"Web:Tokens:{name}:Hash is not 'sha256:' and 64 hexadecimal digits. Make a token and its "
                + "hash with 'worker web token'.";
        var roles = NameList.Of(token.Roles);
        foreach (var wrong in roles.Where(role => !WebRoles.All.Contains(role)))
            yield return $"Web:Tokens:{name}:Roles has '{wrong}'; allowed: {string.Join(", ", WebRoles.All)}.";
        if (roles.Length == 0)
            yield return $"Web:Tokens:{name}:Roles is empty: name one or more of {string.Join(", ", WebRoles.All)}, "
                + "joined by commas.";
        if (roles.Contains(WebRoles.Operate) && !roles.Contains(WebRoles.Read))
            yield return $"Web:Tokens:{name}:Roles has operate without read. Add read.";
        if (token.Tenant is not { Length: > 0 } tenant)
            yield break;
        if (limits.Value.Tenant is not { Length: > 0 })
            yield return $"Web:Tokens:{name}:Tenant is '{tenant}', but Limits:Tenant is empty, so jobs have no "
                + "tenants. Set it to the key of the jobs' metadata that names theirs, such as tenant.";
        if (roles.Contains(WebRoles.Operate))
            yield return $"Web:Tokens:{name} belongs to the tenant '{tenant}' and has the role operate, which applies "
                + "to all tenants. Remove one of them.";
    }
}
