using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A certificate with its key, made for one run.</summary>
sealed class TestCertificate(X509Certificate2 certificate)
{
    const string Server = "1.3.6.1.5.5.7.3.1";
    const string Client = "1.3.6.1.5.5.7.3.2";
    static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    public string Pem => certificate.ExportCertificatePem();

    public string KeyPem => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    public static TestCertificate Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return new(request.CreateSelfSigned(Today.AddDays(-2), Today.AddDays(2)));
    }

    /// <summary>
    /// Signed by this authority for a host or a user. The days of its validity are relative to today.
    /// </summary>
    public TestCertificate Sign(string name, int from = -1, int until = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Server), new Oid(Client)], false));
        using var signed = request.Create(certificate, Today.AddDays(from), Today.AddDays(until),
            RandomNumberGenerator.GetBytes(8));
        return new(signed.CopyWithPrivateKey(key));
    }

    /// <summary>A file with it, and with its key if requested.</summary>
    public string WriteTo(string folder, bool withKey = false)
    {
        var path = Path.Combine(folder, $"{Path.GetRandomFileName()}.pem");
        File.WriteAllText(path, withKey ? $"{Pem}\n{KeyPem}\n" : Pem);
        return path;
    }

    static CertificateRequest Request(string name, ECDsa key) => new($"CN={name}", key, HashAlgorithmName.SHA256);
}
