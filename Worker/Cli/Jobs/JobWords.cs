using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>The state of a job in words.</summary>
static class JobWords
{
    public static string State(JobRecord record, DateTimeOffset now) => record switch
    {
        { State: JobStates.Waiting, Code: { } code } => $"waiting: {Why(code, record)}{Left(record.WaitUntil - now)}",
        { State: JobStates.Failed, Code: { } code } => $"failed: {code}",
        _ => record.State,
    };

    /// <summary>A duration or an age, as one number with a unit.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} d"),
    };

    public static string Cost(double? cost, string? currency) =>
        cost is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.00####} {currency}") : "";

    static string Why(string code, JobRecord record) => code switch
    {
        FailureCodes.RateLimited => $"rate limit of {record.Model ?? record.Operation}",
        WaitCodes.NotBefore => "its notBefore has not come",
        WaitCodes.CredentialPaused => $"credential {record.Credential} is paused",
        WaitCodes.Background => "the provider works on it",
        _ => code,
    };

    static string Left(TimeSpan? left) => left is { Ticks: > 0 } time ? $", about {Time(time)}" : "";
}
