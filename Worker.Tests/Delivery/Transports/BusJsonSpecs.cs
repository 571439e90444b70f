using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Tests.Contracts;

namespace OpenAIWorker.Tests.Delivery.Transports;

public sealed class BusJsonSpecs
{
    [Fact]
    public void Enumerations_travel_by_name_in_camel_case()
    {
        Assert.Contains("\"api\":\"chatCompletions\"",
            Written(new MessageModel { Model = "m", Api = ModelApi.ChatCompletions }), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"throttled\",\"remedy\":\"provider\"",
            Written(new OperationFailed { Kind = FailureKind.Throttled, Remedy = Remedy.Provider }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Enumerations_are_never_numbers() =>
        Assert.Throws<JsonException>(() => Read("""{"model":"m","api":1}"""));

    [Theory]
    [InlineData("16")]
    [InlineData("16.0")]
    [InlineData("1.6e1")]
    [InlineData("\"16\"")]
    public void A_whole_number_is_one_in_every_notation(string number) =>
        Assert.Equal(16, Read($$"""{"maxTokens":{{number}}}""").MaxTokens);

    [Fact]
    public void A_number_may_be_a_text_and_is_written_as_a_number()
    {
        Assert.Equal(0.5, Read("""{"temperature":"0.5"}""").Temperature);
        Assert.Equal("""{"maxTokens":16,"temperature":0.5}""",
            Written(new MessageModel { MaxTokens = 16, Temperature = 0.5 }));
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("\"1e999\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"\"")]
    public void A_number_that_no_json_has_is_none(string number) =>
        Assert.Throws<JsonException>(() => Read($$"""{"temperature":{{number}}}"""));

    [Theory]
    [InlineData("2027-01-31T12:00:00Z")]
    [InlineData("2027-01-31T13:00:00.000+01:00")]
    [InlineData("2027-01-31T07:00:00-05:00")]
    public void A_time_is_read_with_its_offset(string time) =>
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero),
            Read($$"""{"deadline":"{{time}}"}""").Deadline);

    [Fact]
    public void What_is_not_set_is_omitted() =>
        Assert.Equal("""{"model":"m"}""", Written(new MessageModel { Model = "m" }));

    [Fact]
    public void Keys_of_metadata_keep_their_case_there_and_back()
    {
        var request =
            Read("""{"model":"m","metadata":{"TraceId":"1","traceId":"2","snake_case":"3"},"extra":{"Top_K":5}}""");

        Assert.Equal(["TraceId", "traceId", "snake_case"], request.Metadata!.Keys);
        Assert.Equal("""{"TraceId":"1","traceId":"2","snake_case":"3"}""", Written(request.Metadata));
        Assert.Equal(["Top_K"], request.Extra!.Keys);
    }

    [Theory]
    [InlineData("""{"model":"m","temprature":1}""", "$.temprature")]
    [InlineData("""{"model":"m","messages":[{"txt":"Hello"}]}""", "$.messages[0].txt")]
    public void Misspelt_member_is_refused_and_named(string json, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => Read(json)).Path);

    [Fact]
    public void Missing_member_is_left_to_the_operations_check() => Assert.Null(Read("{}").Model);

    [Fact]
    public void Subscriber_reads_with_the_contracts_JSON_what_the_bus_wrote()
    {
        var result = new ModelMessaged
        {
            JobId = "job-1",
            Text = "Hello",
            Attempts = 1,
            Usage = new() { InputTokens = 3 }
        };

        Assert.Equal(result, JsonSerializer.Deserialize(Written(result), ContractJson.Default.ModelMessaged));
    }

    [Fact]
    public void Bus_names_every_member_as_the_contracts_JSON_does() =>
        Assert.All(ContractTypes.Messages, type => Assert.Equal(
        ContractJson.Default.GetTypeInfo(type)!.Properties.Select(member => member.Name),
        BusJson.Options.GetTypeInfo(type).Properties.Select(member => member.Name)));

    static string Written<T>(T value) => JsonSerializer.Serialize(value, BusJson.Options);

    static MessageModel Read(string json) => JsonSerializer.Deserialize<MessageModel>(json, BusJson.Options)!;
}
