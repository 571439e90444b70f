using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Settings;

/// <summary>Certificate files that are not what the setting needs.</summary>
public sealed class CertificateFilesSpecs : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("openai-worker-tls-").FullName;
    readonly TestCertificate mine = TestCertificate.Authority("tests").Sign("worker");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_without_certificate_is_told() =>
        Assert.Equal($"Broker:CaFile is {Key(mine)}: it has no certificate. Give a PEM file that the worker may read.",
            Problems($"--Broker:CaFile={Key(mine)}"));

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        var stranger = Key(TestCertificate.Authority("tests").Sign("worker"));

        Assert.StartsWith($"Broker:KeyFile is {stranger}: ",
            Problems($"--Broker:CertificateFile={mine.WriteTo(folder)}", $"--Broker:KeyFile={stranger}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_any_key_is_told()
    {
        var certificate = mine.WriteTo(folder);

        Assert.StartsWith($"Broker:CertificateFile is {certificate}: ",
            Problems($"--Broker:CertificateFile={certificate}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_and_key_may_be_one_file() =>
        Assert.Equal("", Problems($"--Broker:CertificateFile={mine.WriteTo(folder, withKey: true)}"));

    static string Problems(params string[] settings) =>
        WorkerSettings.Problems(["--Broker:Uri=amqps://localhost", .. settings]);

    string Key(TestCertificate of)
    {
        var path = Path.Combine(folder, $"{of.KeyPem.GetHashCode(StringComparison.Ordinal):x}.key");
        File.WriteAllText(path, of.KeyPem);
        return path;
    }
}
