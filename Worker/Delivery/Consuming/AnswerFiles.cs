using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>A folder of answers, one per file, that only the worker's user may read.</summary>
sealed class AnswerFiles
{
    const string Ending = ".json";

    readonly string folder;
    readonly ConcurrentDictionary<string, bool> there = new();

    // The bodies of all answers that were ever there, because jobs are looked for much more often than they are found.
    readonly ConcurrentDictionary<Guid, bool> bodies = new();

    /// <param name="folder">Null or empty: <c>openai-worker/unsent</c> in the local application data.</param>
    /// <param name="oldest">Older answers belong to no job any more.</param>
    public AnswerFiles(string? folder, DateTimeOffset oldest)
    {
        this.folder = string.IsNullOrEmpty(folder)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify), "openai-worker", "unsent")
            : folder;
        foreach (var file in Directory.Exists(this.folder) ? Directory.EnumerateFiles(this.folder, $"*{Ending}") : [])
        {
            var key = Path.GetFileNameWithoutExtension(file);
            Know(key);
            if (File.GetLastWriteTimeUtc(file) < oldest.UtcDateTime)
                Delete(key);
        }
    }

    /// <summary>The key of a job's answer.</summary>
    /// <param name="body">The hash of the job's body.</param>
    /// <param name="life">What tells it from other deliveries of the same body.</param>
    public static string KeyOf(Guid body, string life) => $"{body:N}-{life}";

    /// <summary>Whether there may be an answer to a job with this body.</summary>
    public bool MayHave(Guid body) => bodies.ContainsKey(body);

    /// <summary>Whether there is one.</summary>
    public bool HasAny(Guid body) =>
        there.Any(known => known.Key.StartsWith(KeyOf(body, ""), StringComparison.Ordinal));

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Write(string key, Job job, Outcome outcome)
    {
        var answer = new AnswerFile(
            outcome.Result is { } result
                ? JsonSerializer.SerializeToElement(result, result.GetType(), BusJson.Options)
                : null,
            outcome.Calls, outcome.Cost, outcome.Started, outcome.Duration, outcome.State, outcome.Suspension);
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Complete or not at all, whenever the process ends.
        var unfinished = $"{PathOf(key)}.new";
        using (var file = new FileStream(unfinished, options))
            JsonSerializer.Serialize(file, answer, AnswerFileJson.Default.AnswerFile);
        File.Move(unfinished, PathOf(key), overwrite: true);
        Know(key);
    }

    /// <summary>Null: there is none, or it cannot be read.</summary>
    public Outcome? Read(string key, string operation)
    {
        if (!there.ContainsKey(key))
            return null;
        try
        {
            var answer = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(key)), AnswerFileJson.Default.AnswerFile);
            var result = (OperationResult?)answer?.Result?.Deserialize(OperationCatalog.Named(operation)!.Result,
                BusJson.Options);
            if (answer is null || result is null && answer.Suspension?.State is null)
                return null;
            return new(result, null, answer.Calls ?? [], answer.Started, answer.Duration)
            {
                State = answer.State,
                Cost = answer.Cost,
                Suspension = answer.Suspension
            };
        }
        catch (Exception unfit) when (
            unfit is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            there.TryRemove(key, out _);
            return null;
        }
    }

    public void Delete(string key)
    {
        if (!there.TryRemove(key, out _))
            return;
        try
        {
            File.Delete(PathOf(key));
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // It belongs to no job, and will be deleted when it is old.
        }
    }

    void Know(string key)
    {
        if (Guid.TryParseExact(key.Split('-')[0], "N", out var body))
            bodies[body] = true;
        there[key] = true;
    }

    string PathOf(string key) => Path.Combine(folder, $"{key}{Ending}");
}

/// <summary>An answer in its file.</summary>
/// <param name="Result">The result, of the operation's type; null for an intermediate step.</param>
/// <param name="Calls">The usage.</param>
/// <param name="Cost">The cost, if it is known.</param>
/// <param name="Started">When the call began.</param>
/// <param name="Duration">The duration of the call.</param>
/// <param name="State">The job's state.</param>
/// <param name="Suspension">The next step; null if there is none.</param>
sealed record AnswerFile(
    JsonElement? Result, IReadOnlyList<BilledCall>? Calls, decimal? Cost, DateTimeOffset Started, TimeSpan Duration,
    JobState? State, Suspension? Suspension);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 512)]
[JsonSerializable(typeof(AnswerFile))]
sealed partial class AnswerFileJson : JsonSerializerContext;
