using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Assistants;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>Which version of an assistant a turn of several steps uses.</summary>
public sealed class AssistantOnceSpecs
{
    static readonly MessageAssistant Request = Messages.ToAssistant with { JobId = "j" };

    readonly Shelf shelf = new();
    readonly Rounds rounds = new();

    MessageAssistantOperation Operation => new(shelf, rounds);

    [Fact]
    public async Task It_is_read_once_in_a_turn_of_many_rounds()
    {
        var state = await Step(new());
        state = await Step(state);
        state = await Step(state);

        Assert.Equal(1, shelf.Reads);
        Assert.Equal(["v1", "v1", "v1"], rounds.Seen);
        Assert.Equal(3, state.Rounds);
    }

    [Fact]
    public async Task The_next_turn_has_the_newest()
    {
        await Step(new());
        await Step(new());

        Assert.Equal(["v1", "v2"], rounds.Seen);
    }

    [Fact]
    public async Task One_that_is_too_long_to_be_carried_is_read_in_each_round()
    {
        shelf.Padding = new('x', 40_000);

        await Step(await Step(new()));

        Assert.Equal(2, shelf.Reads);
    }

    [Fact]
    public async Task It_survives_the_way_through_the_broker()
    {
        var state = await Step(new());

        await Step(OpenAIWorker.Delivery.Messages.JobStateHeader.Read(
            OpenAIWorker.Delivery.Messages.JobStateHeader.Write(state))!);

        Assert.Equal(["v1", "v1"], rounds.Seen);
    }

    async Task<JobState> Step(JobState state) =>
        (await Assert.ThrowsAsync<SuspendedException>(() =>
            Operation.Resume(Request, state, TestContext.Current.CancellationToken))).Suspension.State;

    /// <summary>Returns a newer version at each call.</summary>
    sealed class Shelf : IAssistants
    {
        public int Reads { get; private set; }

        public string Padding { get; set; } = "";

        public AssistantLimits Limits => AssistantLimits.Local;

        public Task<ProviderResponse> Find(JobRequest request, string? id, string? name, CancellationToken cancellation)
        {
            var assistant = JsonSerializer.SerializeToElement(new Dictionary<string, string>
            {
                ["id"] = "asst_1",
                ["instructions"] = $"v{++Reads}",
                ["padding"] = Padding
            });
            return Task.FromResult(new ProviderResponse(assistant, null, 0));
        }

        public Task<ProviderResponse?> Earlier(CreateAssistant request, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<ProviderResponse> Create(CreateAssistant request, IReadOnlyList<string>? vectorStores,
            CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ProviderResponse> Update(UpdateAssistant request, ProviderResponse before,
            IReadOnlyList<string>? vectorStores, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ProviderResponse> Delete(DeleteAssistant request, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<ProviderResponse> List(ListAssistants request, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }

    /// <summary>Asks for functions each time.</summary>
    sealed class Rounds : IAssistantMessages
    {
        public List<string> Seen { get; } = [];

        public Task<AssistantMessaged> Message(MessageAssistant request, ProviderResponse assistant, JobState state,
            CancellationToken cancellation)
        {
            Seen.Add(assistant.Body.GetProperty("instructions").GetString()!);
            throw new SuspendedException(new(state with { Rounds = state.Rounds + 1 }, TimeSpan.Zero, "tools",
                "The model has called functions."));
        }

        public Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation) =>
            Task.CompletedTask;
    }
}
