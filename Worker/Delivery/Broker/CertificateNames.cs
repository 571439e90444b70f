using System.Security.Cryptography.X509Certificates;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The names for which a certificate is valid, in words.</summary>
static class CertificateNames
{
    public static string Of(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension =>
                extension.EnumerateDnsNames()
                    .Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .Select(name => $"'{name}'").ToList();
        return names.Count > 0 ? string.Join(", ", names) : $"'{certificate.Subject}'";
    }
}
