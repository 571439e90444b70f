using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>Times of other clocks at a worker whose own clock is wrong.</summary>
public sealed class ClockSkewSpecs : IDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider time = new(Noon);
    readonly WarpedClock clock;
    readonly Warnings warnings = new();
    readonly ServiceProvider services;

    public ClockSkewSpecs()
    {
        clock = new(time);
        services = new ServiceCollection().AddLogging(logging => logging.AddProvider(warnings)).AddTelemetry()
            .AddSingleton<TimeProvider>(clock).BuildServiceProvider();
    }

    ClockSkew Skew => services.GetRequiredService<ClockSkew>();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.5, 0)]
    [InlineData(30, -30)]
    [InlineData(-30, 30)]
    public async Task A_provider_s_clock_is_measured_by_its_date(double ownIsAhead, double theirs)
    {
        await Answer(ownIsAhead);

        Assert.Equal(theirs, Told(ClockSkew.Provider), tolerance: 1.01);
        Assert.Equal(theirs == 0 ? 0 : 1, warnings.Lines.Count);
        Assert.All(warnings.Lines,
            line => Assert.StartsWith("The clock of api.example.com is ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_answer_and_a_cached_one_prove_nothing()
    {
        await Answer(0, takes: TimeSpan.FromMinutes(5));
        await Answer(60, age: TimeSpan.FromMinutes(1));

        Assert.Equal(0, Told(ClockSkew.Provider));
        Assert.Empty(warnings.Lines);
    }

    [Fact]
    public async Task It_is_said_once_an_hour_for_each_provider()
    {
        await Answer(30);
        await Answer(30);
        await Answer(30, host: "other.example.com");
        time.Advance(TimeSpan.FromHours(1));
        await Answer(30);

        Assert.Equal(["api", "other", "api"],
            warnings.Lines.Select(line => line["The clock of ".Length..].Split('.')[0]));
    }

    [Fact]
    public void A_message_from_the_future_shows_a_clock_that_is_ahead_and_an_old_one_nothing()
    {
        Skew.Came(Noon.AddMinutes(-10));
        Assert.Equal(0, Told(ClockSkew.Message));

        clock.Set = TimeSpan.FromMinutes(-2);
        Skew.Came(Noon);
        Skew.Came(Noon);

        Assert.Equal(120, Told(ClockSkew.Message));
        Assert.StartsWith("A job arrived 120.0 s before it was sent", Assert.Single(warnings.Lines),
            StringComparison.Ordinal);
    }

    public void Dispose() => services.Dispose();

    // The provider's clock is right.
    async Task Answer(double ownIsAhead, string host = "api.example.com", TimeSpan takes = default,
        TimeSpan? age = null)
    {
        clock.Set = TimeSpan.FromSeconds(ownIsAhead);
        using var http = new HttpClient(new DatedAnswers(new Provider(time, takes, age), Skew, clock));
        using var answer = await http.GetAsync(new Uri($"https://{host}/v1/files"),
            TestContext.Current.CancellationToken);
    }

    // Only this worker's: other tests run in parallel.
    double Told(string source)
    {
        var told = double.NaN;
        var meter = services.GetRequiredService<WorkerMeter>().Meter;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter == meter)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            if (tags[0].Value as string == source)
                told = value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return told;
    }

    sealed class Provider(FakeTimeProvider time, TimeSpan takes, TimeSpan? age) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK);
            (answer.Headers.Date, answer.Headers.Age) = (time.GetUtcNow(), age);
            time.Advance(takes);
            return Task.FromResult(answer);
        }
    }

    sealed class Warnings : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
