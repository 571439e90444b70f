using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

/// <summary>What KEDA counts, and how many workers it may start for that.</summary>
public sealed class ScalingSpecs
{
    static readonly JsonNode Spec = Manifests.Of("ScaledObject").At("spec");
    static readonly IReadOnlyDictionary<string, string> Settings = Manifests.Settings.Map();

    static readonly IReadOnlyList<JsonNode> Triggers = [.. Spec.At("triggers").AsArray().Select(trigger => trigger!)];

    static readonly QueueNames QueueNames =
        new(Options.Create(new BrokerOptions
        {
            Prefix = Settings.GetValueOrDefault("Broker__Prefix",
            BrokerOptions.DefaultPrefix)
        }));

    [Fact]
    public void Every_queue_is_one_of_an_operation() => Assert.Subset(
        OperationCatalog.All.Select(operation => QueueNames.Queue(operation.Name)).ToHashSet(), Queues.ToHashSet());

    [Fact]
    public void No_queue_is_counted_twice() => Assert.Equal(Queues, Queues.Distinct());

    // Other operations make short calls, for which any worker has time, except uploads and calls of unknown length.
    [Fact]
    public void Every_operation_that_asks_a_model_counts() => Assert.Subset(
        Queues.ToHashSet(), OperationCatalog.All.Where(AsksAModel).Select(operation => QueueNames.Queue(operation.Name))
            .ToHashSet());

    // By amqp KEDA does not see running jobs.
    [Fact]
    public void Jobs_that_run_count() => Assert.All(Triggers, trigger => Assert.Equal(
        ("rabbitmq", "http", "QueueLength", null),
        (trigger.Text("type"), trigger.Text("metadata/protocol"), trigger.Text("metadata/mode"),
            trigger["metadata"]!["excludeUnacknowledged"]?.ToString())));

    [Fact]
    public void A_worker_is_wanted_for_as_many_jobs_as_it_calls_at_once() =>
        Assert.All(Triggers, trigger =>
            Assert.Equal(Settings["Delivery__Concurrency"], trigger.Text("metadata/value")));

    [Fact]
    public void There_is_always_a_worker_for_the_lanes_and_never_more_than_share_the_assistants()
    {
        Assert.InRange(Number(Spec.Text("minReplicaCount")), 1, Number(Spec.Text("maxReplicaCount")));
        Assert.InRange(Number(Spec.Text("maxReplicaCount")), 1, Number(Settings["Storage__Replicas"]));
    }

    // Otherwise applying the manifests again would reset it.
    [Fact]
    public void Only_the_scaler_sets_the_number_of_workers() =>
        Assert.Null(Manifests.Of("Deployment").At("spec")["replicas"]);

    [Fact]
    public void It_scales_the_deployment_with_the_authentication_that_is_there()
    {
        Assert.Equal(Manifests.Of("Deployment").Text("metadata/name"), Spec.Text("scaleTargetRef/name"));
        Assert.All(Triggers, trigger =>
            Assert.Equal(Manifests.Of("TriggerAuthentication").Text("metadata/name"),
                trigger.Text("authenticationRef/name")));
    }

    [Fact]
    public void A_worker_that_goes_has_stopped_before_the_next_one_does() => Assert.InRange(
        Number(Spec.Text("advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/policies/0/periodSeconds")),
        Number(Manifests.Pod.Text("spec/terminationGracePeriodSeconds")), int.MaxValue);

    static IReadOnlyList<string> Queues => [.. Triggers.Select(trigger => trigger.Text("metadata/queueName"))];

    static bool AsksAModel(Operation operation) =>
        operation.Request == typeof(MessageAssistant)
            || operation.Request.GetProperty(nameof(MessageModel.Model)) is not null
            && !operation.Request.IsSubclassOf(typeof(AssistantRequest));

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
