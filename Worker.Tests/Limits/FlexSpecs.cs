using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Limits;

/// <summary>The tier flex is served from spare capacity: a lack of it says nothing about the model's limit.</summary>
public sealed class FlexSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    static readonly byte[] Refusal = ProviderSocket.Http(
        429, "application/json", """{"error":{"message":"Resource Unavailable","code":"resource_unavailable"}}""",
        "Retry-After: 600");

    static readonly byte[] Answer = ProviderSocket.Http(
        200, "application/json",
        """{"object":"response","status":"completed","output":[{"type":"message","content":"ok"}]}""");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_of_flex_cools_down_flex_alone(bool throughExtra)
    {
        var model = Guid.NewGuid().ToString();
        var flex = throughExtra
            ? Job(model) with
            {
                Extra = new Dictionary<string, JsonElement>
                {
                    ["service_tier"] = JsonElement.Parse(
                    "\"flex\"")
                }
            }
            : Job(model) with { ServiceTier = "flex" };
        _ = scene.Worker.End(flex);
        await Waits(flex);

        var next = flex with { JobId = $"{model}-next" };
        scene.Provider.Answer(next.JobId!, _ => Answer);
        _ = scene.Worker.End(next);
        await Waits(next);
        var other = Job(model) with { JobId = $"{model}-other" };
        scene.Provider.Answer(other.JobId!, _ => Answer);

        // The model's other jobs continue; no job of flex is even tried.
        Assert.Equal("completed", (await scene.Worker.End(other)).GetProperty("ending").GetString());
        Assert.Empty(scene.Provider.Of(next.JobId!));
    }

    [Fact]
    public async Task A_refusal_of_another_tier_cools_down_the_model()
    {
        var model = Guid.NewGuid().ToString();
        var first = Job(model);
        _ = scene.Worker.End(first);
        await Waits(first);

        var next = first with { JobId = $"{model}-next", ServiceTier = "priority" };
        scene.Provider.Answer(next.JobId!, _ => Answer);
        _ = scene.Worker.End(next);

        await Waits(next);
        Assert.Empty(scene.Provider.Of(next.JobId!));
    }

    Task Waits(JobRequest job) => Eventually.Is(() => scene.Worker.Events.Delays(job.JobId!).Count > 0);

    MessageModel Job(string model)
    {
        scene.Provider.Answer(model, _ => Refusal);
        return Messages.Smallest with { JobId = model, Model = model };
    }
}
