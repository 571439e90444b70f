using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>
/// TLS by the settings: which authorities the worker trusts, and its own certificate. The check of the broker's
/// certificate cannot be switched off.
/// </summary>
sealed class BrokerTls
{
    readonly BrokerOptions broker;
    readonly X509Certificate2Collection authorities;
    readonly SslStreamCertificateContext? own;

    BrokerTls(BrokerOptions broker, X509Certificate2Collection authorities, SslStreamCertificateContext? own) =>
        (this.broker, this.authorities, this.own) = (broker, authorities, own);

    /// <summary>Whether the certificate replaces user and password.</summary>
    public bool LogsIn => own is not null && new Uri(broker.Uri!).UserInfo.Length == 0;

    /// <exception cref="SettingsException">A file is missing, or has other content.</exception>
    public static BrokerTls Of(BrokerOptions broker) => new(
        broker,
        IsGiven(broker.CaFile) ? Certificates("Broker:CaFile", broker.CaFile!) : [],
        IsGiven(broker.CertificateFile)
            ? Own(broker.CertificateFile!, IsGiven(broker.KeyFile) ? broker.KeyFile : null)
            : null);

    /// <summary>The TLS options for a node; null if it does not use TLS.</summary>
    public SslClientAuthenticationOptions? For(BrokerNode node)
    {
        if (!node.IsSecure)
            return null;
        var name = IsGiven(broker.ServerName) ? broker.ServerName! : node.Host;
        return new()
        {
            TargetHost = name,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = own,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                Accepts(node, name, certificate, chain, errors),
        };
    }

    static bool IsGiven(string? setting) => !string.IsNullOrEmpty(setting);

    bool Accepts(BrokerNode node, string name, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate || chain is null)
            throw new CertificateRefusedException(
                $"{node.Host}:{node.Port} shows no certificate. Check that Broker:Uri has the port for TLS.");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new CertificateRefusedException(
                $"The certificate of {node.Host}:{node.Port} is not for '{name}', but for "
                    + $"{CertificateNames.Of(certificate)}. Use such a name in Broker:Uri and "
                    + "Broker:Nodes, or set Broker:ServerName to it.");
        if (authorities.Count > 0)
        {
            chain.Reset();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Clear();
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            errors = chain.Build(certificate) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors;
        }
        return errors == SslPolicyErrors.None
            ? true
            : throw new CertificateRefusedException(Untrusted(node, certificate, chain));
    }

    string Untrusted(BrokerNode node, X509Certificate2 certificate, X509Chain chain)
    {
        var says = string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
        if (chain.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))
            return $"The certificate of {node.Host}:{node.Port} is valid from {certificate.NotBefore:u} to "
                + $"{certificate.NotAfter:u}, or an authority's certificate has expired ({says}). Renew it there.";
        var cure = IsGiven(broker.CaFile)
            ? $"Put the certificate of the root authority into Broker:CaFile ({broker.CaFile})."
            : "Set Broker:CaFile to a PEM file with the certificate of the root authority.";
        return $"The certificate of {node.Host}:{node.Port}, signed by '{certificate.Issuer}', leads to no authority "
            + $"that this worker trusts ({says}). {cure}";
    }

    static X509Certificate2Collection Certificates(string setting, string path) => Read(setting, path, () =>
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(path);
        return found.Count > 0 ? found : throw new CryptographicException("it has no certificate");
    });

    // With the intermediate certificates, which the file may contain too.
    static SslStreamCertificateContext Own(string path, string? key)
    {
        var chain = Certificates("Broker:CertificateFile", path);
        using var fromPem = Read(key is null ? "Broker:CertificateFile" : "Broker:KeyFile", key ?? path,
            () => X509Certificate2.CreateFromPemFile(path, key));
        // Windows does not accept a key that is only in memory.
        return SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null), chain, offline: true);
    }

    static T Read<T>(string setting, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unfit) when (
            unfit is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new SettingsException(
                [$"{setting} is {path}: {Reason(unfit, path)}. Give a PEM file that the worker may read."]);
        }
    }

    static string Reason(Exception unfit, string path) =>
        !File.Exists(path) ? "there is no such file" : unfit.Message.TrimEnd('.');
}
