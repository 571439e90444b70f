using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Payloads;
using Xunit.Sdk;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace OpenAIWorker.Tests.Payloads;

/// <summary>
/// The S3 server of a test run, started when the first test needs it. Without one its tests are skipped, or fail if it
/// is required.
/// </summary>
public sealed partial class S3Server : IAsyncDisposable
{
    public const string Bucket = "payloads";

    // s3rver accepts only this pair.
    public const string Key = "S3RVER";

    const string Program = "ops/s3/node_modules/s3rver/bin/s3rver.js";
    const string Cure = "No S3 server. Install Node.js and run: npm ci --prefix ops/s3";

    readonly DirectoryInfo home = Directory.CreateTempSubdirectory("openai-worker-s3-");
    readonly Lazy<Task<Uri>> address;
    Process? server;

    public S3Server() => address = new(Start);

    public Task<Uri> Address => File.Exists(Repository.PathOf(Program)) ? address.Value : throw Absence();

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        home.Delete(recursive: true);
    }

    static Exception Absence() =>
        BrokerSettings.FromEnvironment().Required ? FailException.ForFailure(Cure) : SkipException.ForSkip(Cure);

    async Task<Uri> Start()
    {
        server = Process.Start(new ProcessStartInfo("node",
            [Repository.PathOf(Program), "--directory", home.FullName, "--address", "127.0.0.1", "--port", "0",
                "--silent", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
        })!;
        while (await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
            if (Listening.Match(line) is { Success: true } said)
                return new($"http://{said.Groups["host"].Value}");
        throw new InvalidOperationException("s3rver ended without a word of where it listens.");
    }

    [GeneratedRegex("listening on (?<host>127.0.0.1:[0-9]+)")]
    static partial Regex Listening { get; }
}
