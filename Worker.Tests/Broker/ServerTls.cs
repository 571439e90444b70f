namespace OpenAIWorker.Tests.Broker;

/// <summary>TLS of a test's own server: who may log in by certificate, and which certificate it uses.</summary>
/// <param name="Authority">The authority whose certificates it accepts.</param>
/// <param name="Own">Its own certificate.</param>
sealed record ServerTls(TestCertificate Authority, TestCertificate Own)
{
    public IReadOnlyList<(string Name, string Text)> Files =>
        [("ca.pem", Authority.Pem), ("server.pem", Own.Pem), ("server.key", Own.KeyPem)];

    /// <summary>A client may present a certificate, and then needs no password.</summary>
    public static string Configuration(int port, string folder) => $"""
        listeners.ssl.default = {port}
        ssl_options.cacertfile = {folder}/ca.pem
        ssl_options.certfile = {folder}/server.pem
        ssl_options.keyfile = {folder}/server.key
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = false
        ssl_cert_login_from = common_name
        auth_mechanisms.1 = PLAIN
        auth_mechanisms.2 = EXTERNAL

        """;
}
