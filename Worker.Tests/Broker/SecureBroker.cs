using Xunit.Sdk;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// A server of a test class's own that speaks TLS, with certificates of an authority which nobody else trusts.
/// </summary>
public sealed class SecureBroker : IAsyncLifetime
{
    readonly BrokerSettings settings = BrokerSettings.FromEnvironment();
    readonly string folder = Directory.CreateTempSubdirectory("openai-worker-tls-").FullName;
    BrokerSearch search = new(null, "The broker has not been looked for yet.");

    internal TestCertificate Authority { get; } = TestCertificate.Authority("the tests");

    /// <summary>Its address, as its certificate names it: localhost.</summary>
    public Uri Uri => Broker.Secure!;

    /// <summary>The same broker without TLS, for the tests' own clients.</summary>
    public Uri Plain => Broker.Uri;

    /// <summary>A file with the authority.</summary>
    public string CaFile => field ??= Authority.WriteTo(folder);

    /// <summary>A folder for more files.</summary>
    public string Folder => folder;

    internal ManagementApi Management => new(Broker.Management!);

    IBroker Broker =>
        search.Found ?? throw (settings.IsExpected && settings.Uri is null
            ? FailException.ForFailure(search.Reason)
            : SkipException.ForSkip(search.Reason));

    public async ValueTask InitializeAsync() =>
        search = await BrokerSearch.Run(BrokerSources.Of(settings, new(Authority, Authority.Sign("localhost"))),
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (search.Found is { } broker)
            await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
