using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>The names in <c>ops/rabbitmq</c> are the worker's names.</summary>
public sealed class DefinitionsSpecs
{
    const string Worker = "openai-worker";

    static readonly QueueNames Names = new(Options.Create(new BrokerOptions()));
    static readonly DelayLadder Ladder = new(Names);

    static readonly IReadOnlyList<string> Entrances =
        [.. OperationCatalog.All.Select(operation => Names.Queue(operation.Name)), Names.Unknown];
    static readonly IReadOnlyList<string> Dead =
        [.. OperationCatalog.All.Select(operation => Names.DeadLetters(operation.Name)),
            Names.DeadLetters(QueueNames.UnknownOperation)];

    static readonly IReadOnlyList<string> Others =
    [
        Names.Expired, Names.Workers, Names.Cancellations, Names.Lanes, Names.ToolAnswers,
        .. Enumerable.Range(0, DelayLadder.Levels).Select(Ladder.Level),
        .. OperationCatalog.All.Select(operation => Names.Lane(operation.Name, "default", "gpt-6", "")),
    ];

    static readonly IReadOnlyList<string> Exchanges =
        [Names.Jobs, Names.Events, Ladder.Foot,
            .. OperationCatalog.All.SelectMany(operation => new[] { operation.Request, operation.Result })
            .Append(typeof(OperationFailed)).Append(typeof(CancelJob)).Select(Names.TypeExchange)];

    [Fact]
    public void The_worker_may_do_all_with_what_is_its_own() =>
        Assert.All(Entrances.Concat(Dead).Concat(Others).Concat(Exchanges), name =>
        Assert.All(["configure", "write", "read"],
            right => Assert.Matches(Definitions.Permission(Worker, right), name)));

    [Theory]
    [InlineData("configure", "amq.default")]
    [InlineData("configure", "events.billing")]
    [InlineData("write", "events.billing")]
    [InlineData("read", "events.billing")]
    [InlineData("read", "orders")]
    public void The_worker_may_do_nothing_elsewhere(string right, string name) =>
        Assert.DoesNotMatch(Definitions.Permission(Worker, right), name);

    [Fact]
    public void Only_what_senders_reach_is_bounded_and_refuses_more() =>
        Assert.All(Entrances, queue => Assert.Equal(["openai-entrances"], Definitions.PoliciesOf(queue)));

    [Fact]
    public void Dead_letters_are_bounded() =>
        Assert.All(Dead, queue => Assert.Equal(["openai-dead-letters"], Definitions.PoliciesOf(queue)));

    // A full lane or level would drop jobs, or delay them.
    [Fact]
    public void What_workers_fill_is_not_bounded() =>
        Assert.All(Others, queue => Assert.Empty(Definitions.PoliciesOf(queue)));

    // The broker uses the lower of a policy's limit and the queue's own: it would silently discard jobs.
    [Fact]
    public void No_policy_limits_deliveries() =>
        Assert.DoesNotContain("delivery-limit", Definitions.Read()["policies"]!.ToJsonString(),
            StringComparison.Ordinal);

    [Fact]
    public void No_user_has_a_password() =>
        Assert.All(Definitions.Read()["users"]!.AsArray(), user => Assert.Equal("", $"{user!["password_hash"]}"));
}
