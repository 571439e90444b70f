using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Tests.Contracts;

namespace OpenAIWorker.Tests.Delivery;

public sealed class BusJsonSpecs
{
    [Fact]
    public void Enumerations_travel_by_name_in_camel_case()
    {
        Assert.Contains("\"api\":\"chatCompletions\"", Written(new MessageModel { Model = "m", Api = ModelApi.ChatCompletions }), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"throttled\",\"remedy\":\"provider\"",
            Written(new OperationFailed { Kind = FailureKind.Throttled, Remedy = Remedy.Provider }), StringComparison.Ordinal);
    }

    [Fact]
    public void Enumerations_are_never_numbers() => Assert.Throws<JsonException>(() => Read("""{"model":"m","api":1}"""));

    [Fact]
    public void What_is_not_set_is_omitted() => Assert.Equal("""{"model":"m"}""", Written(new MessageModel { Model = "m" }));

    [Fact]
    public void Keys_of_metadata_keep_their_case_there_and_back()
    {
        var request = Read("""{"model":"m","metadata":{"TraceId":"1","traceId":"2","snake_case":"3"},"extra":{"Top_K":5}}""");

        Assert.Equal(["TraceId", "traceId", "snake_case"], request.Metadata!.Keys);
        Assert.Equal("""{"TraceId":"1","traceId":"2","snake_case":"3"}""", Written(request.Metadata));
        Assert.Equal(["Top_K"], request.Extra!.Keys);
    }

    [Theory]
    [InlineData("""{"model":"m","temprature":1}""", "$.temprature")]
    [InlineData("""{"model":"m","messages":[{"txt":"Hello"}]}""", "$.messages[0].txt")]
    public void Misspelt_member_is_refused_and_named(string json, string path) => Assert.Equal(path, Assert.Throws<JsonException>(() => Read(json)).Path);

    [Fact]
    public void Missing_member_is_left_to_the_operations_check() => Assert.Null(Read("{}").Model);

    [Fact]
    public void Subscriber_reads_with_the_contracts_JSON_what_the_bus_wrote()
    {
        var result = new ModelMessaged { JobId = "job-1", Text = "Hello", Attempts = 1, Usage = new() { InputTokens = 3 } };

        Assert.Equal(result, JsonSerializer.Deserialize(Written(result), ContractJson.Default.ModelMessaged));
    }

    [Fact]
    public void Bus_names_every_member_as_the_contracts_JSON_does() => Assert.All(ContractTypes.Messages, type => Assert.Equal(
        ContractJson.Default.GetTypeInfo(type)!.Properties.Select(member => member.Name),
        BusJson.Options.GetTypeInfo(type).Properties.Select(member => member.Name)));

    static string Written<T>(T value) => JsonSerializer.Serialize(value, BusJson.Options);

    static MessageModel Read(string json) => JsonSerializer.Deserialize<MessageModel>(json, BusJson.Options)!;
}
