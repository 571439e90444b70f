using System.Diagnostics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>What a job's trace shows, on the embedded transport.</summary>
[Collection(nameof(Traced))]
public sealed class TraceSpecs
{
    [Fact]
    public async Task A_job_is_one_trace_from_its_sending_over_each_attempt_to_its_ending()
    {
        using var traced = new Traced();
        await using var worker = await EmbeddedWorker.Start();
        using var sender = new Activity("sender").Start();

        await worker.Answer(Busy.Ask("m+status:500#1"));

        await Eventually.Is(() => traced.Of(sender.TraceId).Count(span => span.Kind == ActivityKind.Consumer) == 2);
        Assert.Equal(
            """
            send openai.message-model
             process openai.message-model
              chat m+status:500#1
              send openai.delay
              send openai.events
             process openai.message-model
              chat m+status:500#1
              send openai.events
            """,
            traced.Tree(sender.TraceId, sender.SpanId));
    }

    [Fact]
    public async Task A_call_tells_what_OpenTelemetrys_conventions_ask_for()
    {
        using var traced = new Traced();
        await using var worker = await EmbeddedWorker.Start();
        using var sender = new Activity("sender").Start();

        var answer = await worker.Answer(Busy.Ask("m"));

        var call = Assert.Single(traced.Of(sender.TraceId), span => span.Kind == ActivityKind.Client);
        Assert.Equal(
            [
                ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "m"),
                ("gen_ai.response.id", answer.ResponseId),
                ("gen_ai.response.model", answer.Model),
                ("gen_ai.usage.cache_read.input_tokens", answer.Usage!.CachedTokens),
                ("gen_ai.usage.cache_write.input_tokens", answer.Usage.CacheWriteTokens),
                ("gen_ai.usage.input_tokens", answer.Usage.InputTokens),
                ("gen_ai.usage.output_tokens", answer.Usage.OutputTokens),
                ("gen_ai.usage.reasoning.output_tokens", answer.Usage.ReasoningTokens),
                ("openai.response.service_tier", answer.ServiceTier),
                ("server.address", "127.0.0.1"), ("server.port", new Uri(worker.Emulator.BaseUrl.ToString()).Port),
            ],
            call.TagObjects.Where(tag => tag.Key != "gen_ai.response.finish_reasons")
                .OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (tag.Key, tag.Value)));
        Assert.Equal(["completed"], Assert.IsType<string[]>(call.GetTagItem("gen_ai.response.finish_reasons")));
    }

    [Theory]
    [InlineData("m+status:429", FailureCodes.RateLimited, 429)]
    [InlineData("m+status:400", FailureCodes.InvalidRequest, 400)]
    [InlineData("m+broken", FailureCodes.BrokenAnswer, 200)]
    [InlineData("m+cut", FailureCodes.Unreachable, null)]
    public async Task A_call_that_failed_says_why_in_a_word(string model, string code, int? status)
    {
        using var traced = new Traced();
        await using var worker = await EmbeddedWorker.Start();
        using var sender = new Activity("sender").Start();

        await worker.Failure(Busy.Ask(model) with
        {
            MaxRetries = 0,
            Deadline = TimeProvider.System.GetUtcNow().AddSeconds(1)
        });

        var call = traced.Of(sender.TraceId).First(span => span.Kind == ActivityKind.Client);
        Assert.Equal((ActivityStatusCode.Error, null, code, status),
            (call.Status, call.StatusDescription, call.GetTagItem("error.type"),
                (int?)call.GetTagItem("http.response.status_code")));
    }

    [Fact]
    public async Task A_call_whose_time_ran_out_was_aborted_and_its_delivery_says_timeout()
    {
        using var traced = new Traced();
        await using var worker = await EmbeddedWorker.Start();
        using var sender = new Activity("sender").Start();

        await worker.Failure(Busy.Ask("m+hang") with { MaxRetries = 0, Timeout = TimeSpan.FromSeconds(1) });

        await Eventually.Is(() => traced.Of(sender.TraceId).Any(span => span.Kind == ActivityKind.Consumer));
        Assert.Equal(["aborted", "timeout"],
            traced.Of(sender.TraceId).Select(span => span.GetTagItem("error.type")).OfType<string>().Order());
    }

    [Fact]
    public async Task A_download_is_a_call_until_it_has_been_read()
    {
        using var traced = new Traced();
        await using var worker = await EmbeddedWorker.Start();
        using var sender = new Activity("sender").Start();

        await worker.Answer(new GenerateSpeech { Model = "m", Text = "Hello", Voice = "alloy" });

        var call = Assert.Single(traced.Of(sender.TraceId), span => span.Kind == ActivityKind.Client);
        Assert.Equal(("generate_content m", ActivityStatusCode.Unset), (call.DisplayName, call.Status));
    }

    [Fact]
    public async Task Every_attribute_is_in_the_document()
    {
        using var traced = new Traced();
        using var sender = new Activity("sender").Start();
        await using var worker = await Busy.Worker();

        var rows = MarkdownTable.In("docs/telemetry.md").Single(table => table.Columns[0] == "Attribute").Rows;
        await Eventually.Is(() => traced.Of(sender.TraceId).Count(span => span.Kind == ActivityKind.Consumer) >= 14);

        Assert.Equal(
            rows.SelectMany(row => row[1].Split(", ").Select(on => $"{on} {row[0]}")).Order(StringComparer.Ordinal),
            traced.Of(sender.TraceId).SelectMany(span => span.TagObjects.Select(tag => $"{WordFor(span)} {tag.Key}"))
                .Distinct().Order(StringComparer.Ordinal));
    }

    static string WordFor(Activity span) => span.Kind switch
    {
        ActivityKind.Producer => "send",
        ActivityKind.Consumer => "process",
        _ => "call",
    };
}
