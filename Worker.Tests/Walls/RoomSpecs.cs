namespace OpenAIWorker.Tests.Walls;

/// <summary>What each folder may use. A file that a test names uses something that belongs to another room.</summary>
public sealed class RoomSpecs
{
    static readonly IReadOnlyList<SourceFile> Worker = SourceFile.Below("Worker");

    [Fact]
    public void Only_delivery_knows_the_broker() =>
        Nobody(@"\b(MassTransit|RabbitMQ)\b", outside: ["Worker/Delivery/"]);

    [Fact]
    public void Only_upstream_the_fetching_of_payloads_functions_health_and_the_management_of_the_broker_know_HTTP() =>
        Nobody(@"\bSystem\.Net\b(?!\.(Security|Sockets|Mime);)|\bHttp[A-Z]\w+",
            outside: ["Worker/Upstream/", "Worker/Payloads/", "Worker/Tools/LocalTools.cs",
                "Worker/Tools/ToolsRegistration.cs", "Worker/Health/", "Worker/Web/",
                "Worker/Delivery/Topology/UnknownKeysPolicy.cs",
                "Worker/Delivery/Broker/Fast/BrokerSocket.cs"]);

    [Fact]
    public void Only_upstream_knows_the_pipeline() =>
        Nobody(@"\bPipeline[A-Z]\w+|\bClientResult\w*|\bSystem\.ClientModel\.\w", outside: ["Worker/Upstream/"]);

    [Fact]
    public void Only_upstream_knows_statuses_by_number() =>
        Nobody(@"\bStatus\b\W*(is|or|and|not|[=<>]+)?\s*\(?\s*[1-5]\d\d\b", outside: ["Worker/Upstream/"]);

    [Fact]
    public void Only_upstream_knows_the_SDK() => Nobody(@"\busing OpenAI(\.\w+)?;", outside: ["Worker/Upstream/"]);

    // Their bodies are BinaryContent, which is independent of HTTP.
    [Fact]
    public void Operations_make_bodies_and_no_others_do() =>
        Nobody(@"\bSystem\.ClientModel\b", outside: ["Worker/Upstream/", "Worker/Operations/"]);

    [Fact]
    public void Only_payloads_know_S3() => Nobody(@"\busing Amazon\b", outside: ["Worker/Payloads/"]);

    [Fact]
    public void Only_storage_knows_SQL() =>
        Nobody(@"\b(Npgsql|Microsoft\.Data\.Sqlite|System\.Data)\b", outside: ["Worker/Storage/"]);

    [Fact]
    public void Only_telemetry_knows_the_exporter() => Nobody(@"\bOpenTelemetry\b", outside: ["Worker/Telemetry/"]);

    [Fact]
    public void Only_verbs_write_to_the_console() =>
        Nobody(@"(?<![\w.])Console\.|\bSystem\.Console\b", outside: ["Worker/Cli/"]);

    [Fact]
    public void Operations_log_nothing() =>
        Nobody(@"\bILogger\b|\bLoggerMessage\b|\bMicrosoft\.Extensions\.Logging\b", inside: "Worker/Operations/");

    [Fact]
    public void Operations_catch_nothing_but_a_text_that_should_be_JSON_and_a_look_at_a_response_that_fails() =>
        Nobody(@"\b(try|catch|finally)\b", inside: "Worker/Operations/",
        outside: ["Worker/Operations/Text/JsonInText.cs", "Worker/Operations/RequestReading.cs",
            "Worker/Operations/Text/Responses/BackgroundResponses.cs"]);

    [Fact]
    public void Only_the_entry_knows_the_verbs() =>
        Nobody(@"\bOpenAIWorker\.Cli\b", outside: ["Worker/Cli/", "Worker/Program.cs"]);

    static void Nobody(string uses, IReadOnlyList<string>? outside = null, string inside = "Worker/") => Assert.Empty(
        from file in Worker
        where file.Path.StartsWith(inside, StringComparison.Ordinal)
        where !(outside ?? []).Any(room => file.Path.StartsWith(room, StringComparison.Ordinal))
        where file.Uses(uses)
        select file.Path);
}
