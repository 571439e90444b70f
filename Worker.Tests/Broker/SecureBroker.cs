using Xunit.Sdk;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A test class's own server with TLS, with certificates of an authority that nothing else trusts.</summary>
public sealed class SecureBroker : IAsyncLifetime
{
    readonly BrokerSettings settings = BrokerSettings.FromEnvironment();
    readonly string folder = Directory.CreateTempSubdirectory("openai-worker-tls-").FullName;
    BrokerSearch search = new(null, "The broker has not been looked for yet.");

    internal TestCertificate Authority { get; } = TestCertificate.Authority("the tests");

    /// <summary>Its address with the name in its certificate: localhost.</summary>
    public Uri Uri => Broker.Secure!;

    /// <summary>The same broker without TLS, for the tests' own clients.</summary>
    public Uri Plain => Broker.Uri;

    /// <summary>The file with the authority's certificate.</summary>
    public string CaFile => field ??= Authority.WriteTo(folder);

    /// <summary>A folder for further files.</summary>
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
