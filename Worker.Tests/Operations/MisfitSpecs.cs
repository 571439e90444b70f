using System.Text.Json;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Operations;

/// <summary>
/// What a sender learns if its JSON does not fit: the object, the expected values, and nothing of a prompt.
/// </summary>
public sealed class MisfitSpecs
{
    const string Prompt = "Dear doctor, I have told nobody yet";

    [Theory]
    // Names: of the API, misspelt, of another object.
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "messages[0].content",
        "messages[0].content is not a member of messages[0]. Did you mean text?")]
    [InlineData("""{"messages":[{"count":1}]}""", "messages[0].count",
        "messages[0].count is not a member of messages[0]. There are role, text, images, ")]
    [InlineData("""{"count":1}""", "count",
        "count is not a member of message-model. Members for the API go into extra.")]
    [InlineData("""{"max_tokens":1}""", "max_tokens",
        "max_tokens is not a member of message-model. Did you mean maxTokens?")]
    [InlineData("""{"max_completion_tokens":1}""", "max_completion_tokens", "Did you mean maxTokens?")]
    [InlineData("""{"temprature":1}""", "temprature", "Did you mean temperature?")]
    [InlineData("""{"input":"x"}""", "input", "Did you mean messages?")]
    [InlineData("""{"response_format":{"type":"json_object"}}""", "response_format", "Did you mean output?")]
    [InlineData("""{"tools":[{"type":"function"}]}""", "tools[0].type", "A tool in the API's own form goes into other.")]
    [InlineData("""{"tools":[{"function":{"name":"f","arguments":{}}}]}""", "tools[0].function.arguments",
        "tools[0].function.arguments is not a member of tools[0].function. There are name, ")]
    [InlineData("""{"payload":{"model":"m","messages":[]}}""", "payload",
        "It contains what looks like the job: send that object itself as the body.")]
    [InlineData("""{"message":{"model":"m","messages":[]}}""", "message",
        "It contains what looks like the job: send that object itself as the body.")]
    [InlineData("""{"messages":[{"message":{"role":"user","text":"x"}}]}""", "messages[0].message",
        "It contains what looks like messages[0] itself: write its members there.")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"m"}}""", "custom_id",
        "a line of an OpenAI Batch file, which the verb batch runs")]
    [InlineData("""{"a.b":1}""", "a.b", "is not a member of message-model.")]
    // Values: what they are, and what is expected.
    [InlineData("""{"temperature":"hot"}""", "temperature", "temperature is \"hot\"; expected: a number.")]
    [InlineData("""{"maxTokens":1.5}""", "maxTokens", "maxTokens is 1.5; expected: a whole number.")]
    [InlineData("""{"background":"yes"}""", "background", "background is \"yes\"; expected: true or false.")]
    [InlineData("""{"Background":1}""", "background", "background is 1; expected: true or false.")]
    [InlineData("""{"api":"chat"}""", "api", "api is \"chat\"; expected: one of responses, chatCompletions.")]
    [InlineData("""{"notBefore":"tomorrow"}""", "notBefore", "notBefore is \"tomorrow\"; expected: a time such as ")]
    [InlineData("""{"deadline":"2099-01-01T00:00:00"}""", "deadline",
        "deadline is \"2099-01-01T00:00:00\"; expected: a time such as 2027-01-31T12:00:00Z, with its offset.")]
    [InlineData("""{"deadline":"2099-01-01"}""", "deadline", "with its offset.")]
    [InlineData("""{"deadline":1900000000}""", "deadline", "deadline is 1900000000; expected: a time")]
    [InlineData("""{"maxTokens":3e9}""", "maxTokens", "maxTokens is 3e9; expected: a whole number.")]
    [InlineData("""{"maxTokens":"many"}""", "maxTokens", "maxTokens is \"many\"; expected: a whole number.")]
    [InlineData("""{"messages":{"text":"x"}}""", "messages",
        "messages is an object; expected: a list, and each of its entries an object with role, text, ")]
    [InlineData("""{"stop":"x"}""", "stop",
        "stop is a text of 1 characters; expected: a list, and each of its entries a text.")]
    [InlineData("""{"prompt":"Hello"}""", "prompt",
        "The question to the model goes into \"messages\": [{\"text\": \"…\"}].")]
    [InlineData("""{"messages":"Hello"}""", "messages",
        "The question to the model goes into \"messages\": [{\"text\": \"…\"}].")]
    [InlineData("""{"metadata":{"a":1}}""", "metadata.a", "metadata.a is 1; expected: a text: \"1\".")]
    [InlineData("""{"output":"json"}""", "output",
        "output is a text of 4 characters; expected: an object with type, ")]
    public void It_names_the_member_the_value_and_the_cure(string json, string member, string says)
    {
        var wrong = Refused(json);

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(member, wrong.Member, ignoreCase: true);
        Assert.DoesNotContain("does not fit", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("output")]
    [InlineData("metadata")]
    [InlineData("tools")]
    [InlineData("prompt")]
    public void A_prompt_in_a_wrong_place_is_not_repeated(string member) =>
        Assert.DoesNotContain("doctor", Refused($$"""{"{{member}}":"{{Prompt}}"}""").Message, StringComparison.Ordinal);

    [Fact]
    public void Nor_is_a_long_one_where_a_number_belongs() => Assert.Equal(
        "temperature is a text of 350 characters; expected: a number.",
        Refused($$"""{"temperature":"{{string.Concat(Enumerable.Repeat(Prompt, 10))}}"}""").Message);

    [Fact]
    public void Nor_where_a_list_of_messages_has_texts() =>
        Assert.StartsWith("messages[0] is a text of 35 characters; expected: an object with role, text",
            Refused($$"""{"messages":["{{Prompt}}"]}""").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"30\"", "expected: a duration as hh:mm:ss, such as 00:00:30 for 30 seconds.")]
    [InlineData("30", "expected: a duration as hh:mm:ss, such as 00:00:30 for 30 seconds.")]
    [InlineData("90.5", "such as 00:01:30.5000000 for 90.5 seconds.")]
    [InlineData("\"00:30\"", "expected: a duration as hh:mm:ss, such as 00:00:30 for 30 seconds.")]
    [InlineData("\"30s\"", "timeout is \"30s\"; expected: a duration")]
    [InlineData("\"PT30S\"", "timeout is \"PT30S\"; expected: a duration")]
    [InlineData("{}", "timeout is an object; expected: a duration")]
    public void A_duration_is_never_guessed(string value, string says) =>
        Assert.Contains(says, Refused($$"""{"timeout":{{value}}}""").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"00:00:30\"", 30)]
    [InlineData("\"1.00:00:00\"", 86_400)]
    [InlineData("null", null)]
    public void One_that_is_written_in_full_is_taken(string value, int? seconds) => Assert.Equal(
        seconds, (int?)RequestReading.Read(OperationCatalog.Named("message-model")!,
            JsonElement.Parse($$"""{"timeout":{{value}}}""")).Timeout?.TotalSeconds);

    [Fact]
    public void A_value_that_names_something_is_shown_if_it_is_short()
    {
        Assert.Equal("style is 'gothic'; allowed: natural, vivid.", OneOf("gothic"));
        Assert.Equal("style is a text of 350 characters; allowed: natural, vivid.",
            OneOf(string.Concat(Enumerable.Repeat(Prompt, 10))));
    }

    static string OneOf(string value) =>
        Assert.Throws<FailureException>(() => RequestCheck.OneOf("style", value, "natural", "vivid")).Message;

    static Failure Refused(string json) =>
        Assert.Throws<FailureException>(() =>
            RequestReading.Read(OperationCatalog.Named("message-model")!, JsonElement.Parse(json))).Failure;
}
