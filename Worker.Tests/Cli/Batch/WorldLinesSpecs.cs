using System.Text.Json;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>
/// Input files of other programs (Worker.Tests/World/Lines), run by the embedded worker with a provider that keeps what
/// it receives.
/// </summary>
public sealed class WorldLinesSpecs : WorldLinesScene
{
    [Theory]
    [InlineData("surrogate-body", "s1 unreadable, s2 200")]
    [InlineData("n-sur-text", "ns unreadable, ns2 completed")]
    [InlineData("badutf8", "bu unreadable")]
    [InlineData("dupkey-body", "d1 200, d2 200")]
    [InlineData("empty-id", " invalid_request, e2 200")]
    [InlineData("url-emb", "ue 200")]
    [InlineData("url-img", "ui 200")]
    [InlineData("url-azure", "ua 200")]
    [InlineData("lower-method", "lm 200")]
    [InlineData("no-model", "nomodel 200")]
    [InlineData("num-id", "17 200, 18 200")]
    [InlineData("duplicate-ids",
        "request-1 200, request-1 200, request-1 200, request-1 200, request-2 200, request-2 200, request-2 200, "
            + "request-2 200, request-3 200, request-3 200, request-3 200, request-3 200")]
    [InlineData("fidelity", "fid 200, fid-m 200, fid-r 200")]
    public async Task A_line_ends_as_it_should_and_holds_up_no_other(string file, string endings)
    {
        await Run(file);

        Assert.Equal(endings, string.Join(", ", scene.Endings.Select(Told).Order(StringComparer.Ordinal)));
        Assert.Equal(called.Count,
            scene.Endings.Count(ending => Told(ending).EndsWith(" 200", StringComparison.Ordinal)
                || Told(ending).EndsWith(" completed", StringComparison.Ordinal)));

        // A second run has nothing to do.
        await Run(file);
        Assert.Equal(0, scene.Counts.Ended);
    }

    [Theory]
    [InlineData("surrogate-body", "byte ")]
    [InlineData("badutf8", "not UTF-8 at byte ")]
    public async Task The_place_of_what_is_no_text_is_told(string file, string says)
    {
        await Run(file);

        Assert.Contains(says, scene.Endings.Select(ending => ending.GetProperty("error"))
            .First(error => error.ValueKind == JsonValueKind.Object).GetProperty("message").GetString());
    }

    [Fact]
    public async Task An_id_of_any_length_is_answered_as_it_was()
    {
        await Run("id-long");

        Assert.Equal(JsonElement.Parse(File.ReadAllText(scene.Input)).GetProperty("custom_id").GetString(),
            Assert.Single(scene.Endings).GetProperty("custom_id").GetString());
    }

    [Fact]
    public async Task The_body_reaches_the_provider_as_the_same_JSON()
    {
        await Run("fidelity");

        foreach (var line in File.ReadLines(scene.Input).Select(line => JsonElement.Parse(line)))
            Assert.Contains(called, call => $"/v1{line.GetProperty("url").GetString()![3..]}" == call.Path
                && Spelled(JsonElement.Parse(call.Body)) == Spelled(line.GetProperty("body")));
    }

    [Fact]
    public async Task A_member_that_is_there_twice_is_the_providers_business()
    {
        await Run("dupkey-body");

        Assert.Contains(called, call => call.Body.Split("\"temperature\"").Length == 3);
    }

    [Theory]
    [InlineData("""{"custom_id":"a\u0000b","method":"POST","url":"/v1/responses","body":{"model":"m"}}""", "a\0b 200")]
    [InlineData("""{"custom_id":"  ","method":"POST","url":"/v1/responses","body":{"model":"m"}}""", "   200")]
    [InlineData("""{"custom_id":12345678901234567890123,"method":"POST","url":"/v1/responses","body":{"model":"m"}}""",
        "12345678901234567890123 200")]
    [InlineData("""{"custom_id":"a","method":"POST","url":" /v1/responses/ ","body":{"model":"m"}}""", "a 200")]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/responses","body":{"model":"m"}}""", "a invalid_request")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":"{}"}""", "a invalid_request")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"m",}}""", "a unreadable")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{}}{"custom_id":"b"}""",
        "a unreadable")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{"temperature":NaN}}""",
        "a unreadable")]
    public async Task A_line_of_any_kind_has_its_answer_and_the_next_one_runs(string line, string told)
    {
        scene.Given(line, """{"custom_id":"next","method":"POST","url":"/v1/responses","body":{"model":"m"}}""");

        await Run();

        Assert.Equal(new[] { told, "next 200" }.Order(StringComparer.Ordinal),
            scene.Endings.Select(Told).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_line_of_no_kind_is_answered_in_the_format_of_its_file()
    {
        scene.Given("""{"Custom_Id":"up","URL":"/v1/responses"}""",
            """{"custom_id":"next","method":"POST","url":"/v1/responses","body":{"model":"m"}}""");

        await Run();

        Assert.All(scene.Endings, ending => Assert.True(ending.TryGetProperty("custom_id", out _)));
    }

    // Numbers and texts may be written differently only if they mean the same.
    static string Spelled(JsonProperty member) => $"{JsonSerializer.Serialize(member.Name)}:{Spelled(member.Value)}";

    static string Spelled(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(Spelled))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Spelled))}]",
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString()),
        _ => json.GetRawText(),
    };
}
