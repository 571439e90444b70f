using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Contracts;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>A sender's job: an example of the contracts, with changes.</summary>
/// <param name="Operation">The operation of its queue.</param>
/// <param name="Json">Its body, without an id.</param>
/// <param name="Id">The form of its id; <c>ID</c> stands for a unique text. Empty: it has none.</param>
/// <param name="Bytes">The change of the bytes.</param>
/// <param name="Headers">Its headers.</param>
sealed partial record FuzzMessage(
    string Operation, string Json, string Id, BytesEdit Bytes, IReadOnlyDictionary<string, object?> Headers)
{
    const string Plain = "\"ID\"";

    static readonly string[] Ids =
    [
        "\"ID\\u0000\"", "\"ID\\ud83d\\ude00\\u001b[2J\"", $"\"ID{new string('j', 400)}\"", "\"ID\",\"jobId\":\"IDa\"",
        "\"ID\",\"JOBID\":\"IDa\"",
        "", "null", "7", "[]", "{\"a\":1}", "\"\"", "\"\\ud800\"",
    ];

    static readonly string[] HeaderNames =
    [
        .. JobHeaders.Names, HeaderSeal.Header, "openai-worker-user", "openai-worker-job-id", "openai-worker-code",
        "openai-worker-nobody-knows",
        "traceparent", "tracestate", "baggage", "timestamp_in_ms", "MT-Request-Id", "MT-Redelivery-Count",
        "MT-Host-Info", "MT-Message-Type",
        "MT-Initiator-Id", "MT-Response-Address", "cloudEvents:id", "cloudEvents:type", "content_type",
        "x-delivery-count", "x-acquired-count", "x-death", "x-first-death-queue", "x", "", new('h', 200),
    ];

    // Downloads go only to a host that cannot exist.
    static readonly (string Operation, string Json)[] Skeletons =
    [
        .. Example.All.Where(example => example.Type.IsSubclassOf(typeof(JobRequest)))
            .Select(example =>
                (example.File.Split('.')[0], Hosts().Replace(WithoutIdAndTimes(example.Json), "https://host.invalid"))),
    ];

    static readonly Gen<IReadOnlyDictionary<string, object?>> SomeHeaders = Gen.Select(Gen.OneOfConst(HeaderNames),
        HostileValues.Amqp).Array[0, 3].Select(pairs =>
        (IReadOnlyDictionary<string, object?>)pairs.DistinctBy(pair => pair.Item1)
            .ToDictionary(pair => pair.Item1, pair => pair.Item2));

    static readonly Gen<FuzzMessage> Bare = Gen.Select(
        Gen.OneOfConst(Skeletons), Edit.Some, Gen.Frequency((8, Gen.Const(Plain)), (3, Gen.OneOfConst(Ids))),
        BytesEdit.Any, SomeHeaders,
        (skeleton, edits, id, bytes, headers) =>
            new FuzzMessage(skeleton.Operation, Edit.Apply(skeleton.Json, edits), id, bytes, headers));

    public static readonly Gen<FuzzMessage> Any = Gen.Select(
        Bare, FuzzProperties.Any, Gen.FrequencyConst((9, false), (1, true)), Gen.FrequencyConst((4, false), (1, true)),
        (bare, properties, enveloped, waited) =>
            bare with { Properties = properties, IsEnveloped = enveloped, HasWaited = waited });

    public FuzzProperties Properties { get; private init; } = FuzzProperties.Plain;

    /// <summary>Whether it is in MassTransit's envelope.</summary>
    public bool IsEnveloped { get; private init; }

    /// <summary>Whether it has a worker's own headers, with a valid seal unless its headers contain others.</summary>
    public bool HasWaited { get; private init; }

    /// <summary>The body for the job of this name.</summary>
    public byte[] Body(string job)
    {
        var named = Id.Length > 0 && Json.StartsWith('{')
            ? $"{{\"jobId\":{Id.Replace("ID", job, StringComparison.Ordinal)}"
                + $"{(Json.StartsWith("{}", StringComparison.Ordinal) ? "" : ",")}{Json[1..]}" : Json;
        var request = OperationCatalog.Named(Operation)!.Request;
        var whole = IsEnveloped
            ? $"{{\"messageType\":[\"urn:message:{request.Namespace}:{request.Name}\"],\"message\":{named}}}"
            : named;
        return Bytes.Apply(Encoding.UTF8.GetBytes(whole),
            Math.Max(0, whole.LastIndexOf(job, StringComparison.Ordinal) + job.Length));
    }

    public FuzzSent Sent(string job, string messageId, HeaderSeal seal)
    {
        var body = Body(job);
        var waited = new JobHeaders(1, 1, TimeProvider.System.GetUtcNow(), new() { InputTokens = 1, OutputTokens = 1 });
        var headers = HasWaited ? seal.Sealed([.. waited.Write()], new(Operation, Id == Plain ? job : messageId, body))
            .ToDictionary() : [];
        foreach (var (name, value) in Headers)
            headers[name] = value;
        return new(Operation, body, messageId,
            IsEnveloped ? Properties with { ContentType = "application/vnd.masstransit+json" } : Properties, headers);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Operation}, {Properties}, {Bytes}, headers {ShownHeaders}{(HasWaited ? ", waited" : "")}: "
            + $"{Shown(Encoding.UTF8.GetString(Body("ID")))}");

    string ShownHeaders =>
        string.Join(", ", Headers.Select(header => $"{header.Key}={Excerpt.Marked($"{header.Value}", 40)}"));

    public static string Shown(string text) =>
        text.Length > 1_500 ? $"{text[..1_500]}… ({text.Length} characters)" : text;

    // Otherwise all would be late, or wait until then.
    static string WithoutIdAndTimes(string json)
    {
        var members = JsonNode.Parse(json)!.AsObject();
        foreach (var name in new[] { "jobId", "notBefore", "deadline" })
            members.Remove(name);
        return members.ToJsonString();
    }

    [GeneratedRegex("""https://[^"/]+""")]
    private static partial Regex Hosts();
}
