using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Security;

/// <summary>Senders choose ids: an id that was used before, or guessed, gives no access to its first job.</summary>
public sealed class UsedJobIdSpecs
{
    const string ChatOnly = "--OpenAI:Credentials:default:Api=ChatCompletions";

    [Theory]
    [InlineData("Responses")]
    [InlineData("ChatCompletions")]
    public async Task A_used_id_with_another_question_gets_an_answer_of_its_own(string api)
    {
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:Api={api}");
        await worker.Answer(Ada);

        var monday = await worker.Answer(ToAssistant with { JobId = "order-17", Prompt = "Monday?" });
        worker.Events.Forget("order-17");
        var tuesday = await worker.Answer(ToAssistant with { JobId = "order-17", Prompt = "Tuesday?" });

        Assert.NotEqual(monday.ThreadId, tuesday.ThreadId);
        Assert.Equal(2, worker.Emulator.Calls.Count(call =>
            call is { Path: "/v1/responses" or "/v1/chat/completions", IsBilled: true }));
    }

    [Fact]
    public async Task The_same_question_of_another_tenant_is_another_job()
    {
        await using var worker = await EmbeddedWorker.Start(ChatOnly, "--Limits:Tenant=customer");
        await worker.Answer(Ada);

        var mine = await worker.Answer(Of("acme") with { JobId = "order-17" });
        worker.Events.Forget("order-17");
        var theirs = await worker.Answer(Of("globex") with { JobId = "order-17" });

        Assert.NotEqual(mine.ThreadId, theirs.ThreadId);
        Assert.Equal(2, worker.Emulator.Calls.Count(call =>
            call is { Path: "/v1/responses" or "/v1/chat/completions", IsBilled: true }));
    }

    [Fact]
    public async Task A_used_id_with_another_definition_makes_another_assistant()
    {
        await using var worker = await EmbeddedWorker.Start();

        var first = await worker.Answer(Ada with { JobId = "j" });
        worker.Events.Forget("j");
        var second = await worker.Answer(Ada with { JobId = "j", Name = "Grace" });

        Assert.NotEqual(first.Assistant!.Id, second.Assistant!.Id);
    }

    [Fact]
    public async Task Ids_of_threads_do_not_follow_from_ids_of_jobs()
    {
        var threads = new List<string?>();
        for (var time = 0; time < 2; time++)
        {
            await using var worker = await EmbeddedWorker.Start(ChatOnly);
            await worker.Answer(Ada);
            threads.Add((await worker.Answer(ToAssistant with { JobId = "order-17" })).ThreadId);
        }

        Assert.NotEqual(threads[0], threads[1]);
        Assert.All(threads, thread => Assert.Matches("^thread_[0-9a-f]{32}$", thread));
    }

    [Theory]
    [InlineData("Responses")]
    [InlineData("ChatCompletions")]
    public async Task Assistants_and_threads_belong_to_their_tenant_also_in_lists(string api)
    {
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:Api={api}",
            "--Limits:Tenant=customer", "--Assistants:PerTenant=true");
        var id = (await worker.Answer(Ada with { Metadata = Tenant("acme") })).Assistant!.Id;
        await worker.Answer(Ada with { Metadata = Tenant("globex") });
        var thread = (await worker.Answer(Of("acme") with { AssistantName = null, AssistantId = id })).ThreadId;

        Assert.Equal(id, Assert.Single(
            (await worker.Answer(new ListAssistants { Metadata = Tenant("acme") })).Assistants!).Id);
        Assert.Empty((await worker.Answer(new ListAssistants())).Assistants!);
        Assert.Equal(FailureCodes.NotFound,
            (await worker.Failure(Of("globex") with { AssistantName = null, AssistantId = id })).Code);
        Assert.Equal((FailureCodes.NotFound, "threadId"),
            Told(await worker.Failure(Of("globex") with { ThreadId = thread })));
        Assert.Equal(thread, (await worker.Answer(Of("acme") with { ThreadId = thread })).ThreadId);
    }

    static (string, string?) Told(OperationFailed failure) => (failure.Code, failure.Member);

    static MessageAssistant Of(string tenant) => ToAssistant with { Metadata = Tenant(tenant) };

    static Dictionary<string, string> Tenant(string tenant) => new() { ["customer"] = tenant };
}
