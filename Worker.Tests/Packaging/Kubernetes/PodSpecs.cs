using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Health;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

/// <summary>The pods of the deployment, and everything that refers to them.</summary>
public sealed class PodSpecs
{
    static readonly JsonNode Spec = Manifests.Pod.At("spec");
    static readonly JsonNode Container = Manifests.Container;
    static readonly IReadOnlyDictionary<string, string> Settings = Manifests.Settings.Map();

    public static TheoryData<string, string> Selectors => new()
    {
        { "Deployment", "spec/selector/matchLabels" },
        { "PodDisruptionBudget", "spec/selector/matchLabels" },
        { "NetworkPolicy", "spec/podSelector/matchLabels" },
        { "Deployment", "spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels" },
        { "Deployment", "spec/template/spec/topologySpreadConstraints/1/labelSelector/matchLabels" },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void Every_selector_means_them(string kind, string path)
    {
        var selector = Manifests.Of(kind).At(path).Map();

        Assert.NotEmpty(selector);
        Assert.Subset(Manifests.Pod.At("metadata/labels").Map().ToHashSet(), selector.ToHashSet());
    }

    [Fact]
    public void They_run_as_the_images_user_only()
    {
        Assert.True(Spec.At("securityContext/runAsNonRoot").GetValue<bool>());
        Assert.Contains($"USER {Spec.Text("securityContext/runAsUser")}:{Spec.Text("securityContext/runAsGroup")}\n",
            Repository.Read("ops/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void They_may_do_nothing_that_a_worker_need_not()
    {
        Assert.Equal("RuntimeDefault", Spec.Text("securityContext/seccompProfile/type"));
        Assert.Equal(["ALL"], Container.Texts("securityContext/capabilities/drop"));
        Assert.False(Container.At("securityContext/allowPrivilegeEscalation").GetValue<bool>());
        Assert.False(Container.At("securityContext/privileged").GetValue<bool>());
        Assert.True(Container.At("securityContext/readOnlyRootFilesystem").GetValue<bool>());
    }

    [Fact]
    public void They_have_no_token_for_the_cluster()
    {
        Assert.False(Spec.At("automountServiceAccountToken").GetValue<bool>());
        Assert.False(Manifests.Of("ServiceAccount").At("automountServiceAccountToken").GetValue<bool>());
        Assert.Equal(Manifests.Of("ServiceAccount").Text("metadata/name"), Spec.Text("serviceAccountName"));
    }

    [Theory]
    [InlineData("startupProbe", HealthServer.Live)]
    [InlineData("livenessProbe", HealthServer.Live)]
    [InlineData("readinessProbe", HealthServer.Ready)]
    public void Every_probe_asks_the_health_port(string probe, string path)
    {
        var port = Container.At("ports/0");

        Assert.Equal((path, port.Text("name")),
            (Container.Text($"{probe}/httpGet/path"), Container.Text($"{probe}/httpGet/port")));
        Assert.Equal(Settings["Health__Port"], port.Text("containerPort"));
    }

    [Fact]
    public void They_have_longer_to_stop_than_the_worker_takes()
    {
        var grace = TimeSpan.FromSeconds(
            int.Parse(Spec.Text("terminationGracePeriodSeconds"), CultureInfo.InvariantCulture));

        using var host = WorkerHost.Worker(["--OpenAI:Credentials:default:ApiKey=any",
            $"--Delivery:StopTimeout={Settings["Delivery__StopTimeout"]}"]).Build();
        Assert.True(grace > host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout,
            $"{grace} is no longer than the host's own time.");
    }

    [Fact]
    public void Their_image_is_of_this_version() => Assert.Equal(
        (Container.Text("image"), typeof(WorkerHost).Assembly.GetName().Version!.ToString(3)),
        (Image.Text("name"), Image.Text("newTag")));

    static JsonNode Image => Manifests.Read($"{Manifests.Folder}/kustomization.yaml").At("images/0");
}
