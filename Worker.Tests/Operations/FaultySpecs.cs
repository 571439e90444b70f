using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Each operation, through each thing that can go wrong at the provider.</summary>
public class FaultySpecs
{
    static readonly string[] Operations = ["responses", "chat", "classify", "image", "edit", "speech", "transcribe",
        "translate", "upload", "analyze", "embeddings", "list",
        "delete", "conversation", "get conversation", "update conversation", "delete conversation", "create assistant",
        "message assistant", "native create", "native list", "call"];

    static readonly (string Fault, string Code)[] Passing = [
        ("status:500", FailureCodes.ProviderError), ("status:503", FailureCodes.Overloaded),
        ("status:409", FailureCodes.Conflict),
        ("html", FailureCodes.ProviderError), ("cut", FailureCodes.Unreachable),
        ("cut-after", FailureCodes.Unreachable),
        ("broken", FailureCodes.BrokenAnswer), ("hang", FailureCodes.Timeout)];

    public static TheoryData<string> EachOperation => [.. Operations];

    public static TheoryData<string, string> PassingFaults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (fault, code) in Passing)
                data.Add(fault, code);
            return data;
        }
    }

    public static TheoryData<string, string, string> Faults
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var operation in Operations)
                foreach (var (fault, code) in Passing)
                    data.Add(operation, fault, code);
            return data;
        }
    }

    // Trying again does not depend on the operation, so each one shows only how it judges the fault.
    [Theory, MemberData(nameof(Faults))]
    public async Task What_may_pass_is_a_transient_failure_of_every_operation(string operation, string fault,
        string code)
    {
        await using var worker = await Start(operation);
        var request = await Request(operation, worker);
        worker.Emulator.Faults.Add(fault);

        var failure = await worker.Failure(request with { MaxRetries = 0, Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((code, FailureKind.Transient, 1, 0),
            (failure.Code, failure.Kind, failure.Attempts, failure.Waits));
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Theory, MemberData(nameof(PassingFaults))]
    public async Task What_may_pass_is_tried_again_and_then_given_up(string fault, string code)
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add(fault);

        var failure = await worker.Failure(
            Messages.Smallest with { MaxRetries = 1, Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((code, FailureKind.Transient, 2, 1),
            (failure.Code, failure.Kind, failure.Attempts, failure.Waits));
        Assert.Equal(2, worker.Emulator.Bill.Calls);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("delete conversation")]
    public async Task Deleting_again_after_an_answer_was_lost_finds_nothing(string operation)
    {
        await using var worker = await Start(operation);
        var request = await Request(operation, worker);
        worker.Emulator.Faults.Add("broken#1");

        var failure = await worker.Failure(request);

        Assert.Equal((FailureCodes.NotFound, FailureKind.Permanent, 2), (failure.Code, failure.Kind, failure.Attempts));
    }

    [Theory]
    [InlineData("status:400", FailureCodes.InvalidRequest)]
    [InlineData("status:400:context_length_exceeded", FailureCodes.ContextLengthExceeded)]
    [InlineData("status:400:content_policy_violation", FailureCodes.ContentPolicy)]
    [InlineData("status:404:model_not_found", FailureCodes.ModelNotFound)]
    [InlineData("status:422", FailureCodes.InvalidRequest)]
    public async Task What_will_never_pass_is_given_up_at_once(string fault, string code)
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add(fault);

        var failure = await worker.Failure(Messages.Smallest);

        Assert.Equal((code, FailureKind.Permanent, 1), (failure.Code, failure.Kind, failure.Attempts));
        Assert.Equal(failure.Status, worker.OnlyCall.Status);
        Assert.NotNull(failure.Error);
        Assert.StartsWith("req_", failure.RequestId);
    }

    [Fact]
    public async Task A_throttled_job_waits_as_long_as_it_is_told_and_keeps_its_attempt()
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add("status:429#2,retry-after:2");

        var ending = await worker.End(Messages.Smallest with { JobId = "j" });

        Assert.Equal((1, 2), (ending.GetProperty("attempts").GetInt32(), ending.GetProperty("waits").GetInt32()));
        var calls = worker.Emulator.Calls;
        Assert.Equal([429, 429, 200], calls.Take(3).Select(call => call.Status));
        Assert.True(calls[1].ReceivedAt - calls[0].ReceivedAt >= TimeSpan.FromSeconds(2),
            "The second call came before Retry-After was over.");
        Assert.All(worker.Events.Delays("j"),
            delay => Assert.Equal(FailureCodes.RateLimited, delay.GetProperty("code").GetString()));
    }

    // The wait that the provider asks for is longer than the deadline allows: an operation that does not read it would
    // try again.
    [Theory, MemberData(nameof(EachOperation))]
    public async Task Every_operation_obeys_the_wait_that_a_429_asks_for(string operation)
    {
        await using var worker = await Start(operation);
        var request = await Request(operation, worker);
        worker.Emulator.Faults.Add("status:429,retry-after:600");

        var failure = await worker.Failure(request with { Deadline = TimeProvider.System.GetUtcNow().AddMinutes(1) });

        Assert.Equal((FailureCodes.DeadlineExceeded, 1), (failure.Code, failure.Attempts));
        Assert.Contains("Rate limit", failure.Message);
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_request_larger_than_the_limit_is_given_up_at_once()
    {
        var limits = new Dictionary<string, RateLimit> { [RateLimits.EveryModel] = new() { TokensPerMinute = 100 } };
        await using var worker = await EmbeddedWorker.Start(new EmulatorOptions { Limits = limits });

        var failure = await worker.Failure(Messages.Smallest with { MaxTokens = 1_000 });

        Assert.Equal((FailureCodes.RequestTooLarge, 1, 429), (failure.Code, failure.Attempts, failure.Status!.Value));
    }

    // Nothing to wait for but what these tests are about.
    static Task<EmbeddedWorker> Start(string operation) => EmbeddedWorker.Start(
        new EmulatorOptions { Assistants = true, BackgroundTime = TimeSpan.Zero },
        operation.StartsWith("native", StringComparison.Ordinal)
            ? "--Assistants:Mode=Native"
            : "--Assistants:Mode=Local");

    static async Task<string> Assistant(EmbeddedWorker worker) => (await worker.Answer(Messages.Ada)).Assistant!.Id;

    static async Task<JobRequest> Request(string operation, EmbeddedWorker worker)
    {
        var request = await RequestOf(operation, worker);
        worker.Emulator.Clear();
        return request;
    }

    static async Task<string> Conversation(EmbeddedWorker worker) =>
        (await worker.Answer(new CreateConversation())).Conversation!.Id;

    static async Task<JobRequest> RequestOf(string operation, EmbeddedWorker worker) => operation switch
    {
        "responses" => Messages.Smallest,
        "chat" => Messages.SmallestChat,
        "classify" => new ClassifyText { Text = "x" },
        "image" => Messages.Image,
        "edit" => Messages.Edit,
        "speech" => Messages.Speech,
        "transcribe" => Messages.Transcription,
        "translate" => Messages.Translation,
        "analyze" => Messages.Analysis,
        "embeddings" => Messages.Embeddings,
        "list" => new ListFiles(),
        "delete" => new DeleteFile { FileId = (await worker.Answer(Messages.Upload)).File!.Id },
        "conversation" => new CreateConversation(),
        "get conversation" => new GetConversation { ConversationId = await Conversation(worker) },
        "update conversation" =>
            new UpdateConversation
            {
                ConversationId = await Conversation(worker),
                StoreMetadata = new Dictionary<string, string>()
            },
        "delete conversation" => new DeleteConversation { ConversationId = await Conversation(worker) },
        "create assistant" =>
            Messages.Ada with { KnowledgeFileIds = [(await worker.Answer(Messages.Upload)).File!.Id] },
        "message assistant" =>
            Messages.ToAssistant with { AssistantName = null, AssistantId = await Assistant(worker) },
        "native create" => Messages.Ada,
        "native list" => new ListAssistants(),
        "call" => Messages.Call,
        _ => Messages.Upload,
    };
}
