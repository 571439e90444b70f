using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Observing;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream;

/// <summary>A client for each credential, created once.</summary>
sealed class OpenAIClients : IDisposable
{
    readonly HttpClient http;
    volatile FrozenDictionary<string, OpenAIEndpoint> endpoints;
    readonly CallTelemetry telemetry;
    readonly OwnSecrets secrets;
    readonly TimeProvider clock;
    readonly ICallGate? gate;

    public OpenAIClients(IOptionsMonitor<OpenAIOptions> options, CallTelemetry telemetry, ClockSkew skew,
        OwnSecrets secrets, IWebProxy proxy, TimeProvider clock, ICallGate? gate = null)
    {
        (this.telemetry, this.secrets, this.clock, this.gate) = (telemetry, secrets, clock, gate);
        http = HttpFor(options.CurrentValue, proxy, skew, clock);
        endpoints = Endpoints(options.CurrentValue);
        // A running call continues with its old key.
        options.OnChange(Change);
    }

    /// <summary>Credentials have changed: the following calls use the new ones.</summary>
    public event Action? Changed;

    /// <summary>The calls of a job, with the credential that it names.</summary>
    public OpenAICalls Of(JobRequest request)
    {
        if (!endpoints.TryGetValue(NameOf(request), out var endpoint))
            throw new FailureException(Unknown(request)!);
        var asking = gate is { IsOpen: true } ? new CallGatePolicy(gate, request, endpoint.BaseUrl) : null;
        return new(endpoint, new(request, secrets, clock, asking), () => telemetry.Begin(request, endpoint), asking);
    }

    /// <summary>Why the job's credential cannot be used; null if it is known.</summary>
    public Failure? Unknown(JobRequest request) => endpoints.ContainsKey(NameOf(request))
        ? null
        : new(FailureKind.Permanent, FailureCodes.UnknownCredential,
            $"There is no credential '{NameOf(request)}' in OpenAI:Credentials. Known: "
                + $"{string.Join(", ", endpoints.Keys.Order())}.", Remedy.Sender)
        { Member = "credential" };

    /// <summary>
    /// The credential in the settings' spelling. A job may spell it in any case, and must not get a separate limit by
    /// that.
    /// </summary>
    public string? Spelled(string? credential) =>
        credential is not null && endpoints.TryGetValue(credential, out var endpoint) ? endpoint.Name : credential;

    /// <summary>The name of the job's credential in one spelling, as a key.</summary>
    public static string KeyOf(JobRequest request) => NameOf(request).ToLowerInvariant();

    /// <summary>Tests every credential.</summary>
    public async Task<IReadOnlyList<ProbeReport>> Probe(CancellationToken cancellation) =>
        await Task.WhenAll(endpoints.Select(named => Report(named.Key, named.Value, cancellation)));

    /// <summary>Makes a harmless call with a credential.</summary>
    public Task<ProbeAnswer> Ask(string credential, CancellationToken cancellation) =>
        !endpoints.TryGetValue(credential, out var endpoint)
            ? Task.FromResult(ProbeAnswer.Gone)
            : Ask(endpoint, credential, cancellation);

    /// <summary>Tests some credentials. Returns a sentence for each with which every job would fail.</summary>
    public async Task<IReadOnlyList<string>> Refusals(IEnumerable<string> credentials, CancellationToken cancellation)
    {
        var now = endpoints;
        var reports = await Task.WhenAll(
            credentials.Where(now.ContainsKey).Select(name => Report(name, now[name], cancellation)));
        return [.. reports.Where(report => report.IsHopeless)
            .Select(report => $"The {report.What}: {report.Says.TrimEnd('.')}.")];
    }

    // If there is nothing at the base URL, the right one is searched before each job fails.
    async Task<ProbeReport> Report(string name, OpenAIEndpoint endpoint, CancellationToken cancellation)
    {
        var (answer, guess) = (await Ask(name, cancellation), (string?)null);
        if (answer.IsUntried)
        {
            guess = BaseUrlGuess.WithoutEndpoint(endpoint.BaseUrl);
            if (guess is null && BaseUrlGuess.Versioned(endpoint) is { } path
                && (await Ask(endpoint with { ProbePath = path }, name, cancellation)).IsAccepted)
                guess = BaseUrlGuess.WithVersion(endpoint.BaseUrl);
        }
        return answer.Report(name, endpoint, guess);
    }

    Task<ProbeAnswer> Ask(OpenAIEndpoint endpoint, string credential, CancellationToken cancellation) =>
        CredentialProbe.Ask(endpoint, new(new ListFiles { Credential = credential }, secrets, clock), clock,
            cancellation);

    /// <summary>
    /// The credentials whose provider says that it has no assistants. A provider that cannot be reached is not
    /// included.
    /// </summary>
    public async Task<IReadOnlyList<string>> WithoutAssistants(CancellationToken cancellation)
    {
        var missing = new List<string>();
        foreach (var name in endpoints.Keys.Order())
            if (await AssistantsProbe.IsMissing(Of(new ListAssistants { Credential = name }), cancellation))
                missing.Add(name);
        return missing;
    }

    public void Dispose() => http.Dispose();

    static string NameOf(JobRequest request) => request.Credential ?? CredentialOptions.Default;

    void Change(OpenAIOptions changed)
    {
        endpoints = Endpoints(changed);
        Changed?.Invoke();
    }

    FrozenDictionary<string, OpenAIEndpoint> Endpoints(OpenAIOptions options) =>
        options.Credentials.ToFrozenDictionary(named => named.Key, named => Endpoint(named.Key, named.Value),
            StringComparer.OrdinalIgnoreCase);

    OpenAIEndpoint Endpoint(string name, CredentialOptions credential)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = credential.BaseUrl,
            OrganizationId = credential.Organization,
            ProjectId = credential.Project,
            UserAgentApplicationId = "openai-worker",
            // The broker retries; retries here as well would multiply the calls.
            RetryPolicy = new UnbufferedPolicy(),
            // The pipeline's logs could contain prompts; the worker's own telemetry describes a call.
            MessageLoggingPolicy = new NoOpPolicy(),
            // Each call has its own time limit as a cancellation token.
            NetworkTimeout = System.Threading.Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(http),
        };
        if (credential.Headers.Count > 0)
            options.AddPolicy(new CredentialHeaders(credential.Headers), PipelinePosition.PerCall);
        return new(name, credential.BaseUrl, credential.Api, credential.ProbePath,
            new OpenAIClient(new ApiKeyCredential(credential.ApiKey!), options).Pipeline);
    }

    static HttpClient HttpFor(OpenAIOptions options, IWebProxy proxy, ClockSkew skew, TimeProvider clock) =>
        new(new Unpacking(new DatedAnswers(new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            Proxy = proxy,
            // Long enough to reuse connections, short enough to follow DNS.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            // A shared cookie jar would carry the session of one credential into calls of another at the same host.
            UseCookies = false,
        }, skew, clock)))
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
}
