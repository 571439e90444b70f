using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>The newer names of the conventions, and the older ones beside them.</summary>
public sealed class InferenceMetricsSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Used = "gen_ai.client.inference.usage.";

    [Fact]
    public async Task Tokens_are_counted_by_their_kind_and_both_names_say_the_same()
    {
        using var measured = new Measured();
        await Ask("told",
            ""","usage":{"input_tokens":30,"output_tokens":20,"input_tokens_details":{"text_tokens":"""
                + """10,"audio_tokens":15,"cached_tokens":5,"cache_write_tokens":6},"output_tokens_details":"""
                + """{"reasoning_tokens":4}}""");

        Assert.Equal([("audio", 15), ("text", 10), ("unknown", 5)], Of("input_tokens"));
        Assert.Equal([("unknown", 20)], Of("output_tokens"));
        Assert.Equal([("unknown", 5)], Of("cache_read.input_tokens"));
        Assert.Equal([("unknown", 6)], Of("cache_write.input_tokens"));
        Assert.Equal([("unknown", 4)], Of("reasoning.output_tokens"));
        Assert.Equal(30, measured.Sum("gen_ai.client.inference.operation.input_tokens", Model("told")));
        Assert.Equal(20, measured.Sum("gen_ai.client.inference.operation.output_tokens", Model("told")));
        Assert.Equal(50, measured.Sum("gen_ai.client.token.usage", Model("told")));
        Assert.Single(measured.Of("gen_ai.client.inference.duration", Model("told")));
        Assert.Single(measured.Of("gen_ai.client.operation.duration", Model("told")));

        IEnumerable<(string, double)> Of(string name) =>
            measured.Of($"{Used}{name}", Model("told")).Select(one => (one.Tags["gen_ai.token.modality"], one.Value))
                .Order();
    }

    [Fact]
    public async Task Calls_for_embeddings_have_names_of_their_own()
    {
        using var measured = new Measured();
        var job = Messages.Embeddings with { JobId = "vectors", Model = "vectors" };
        scene.Provider.Answer("vectors",
            _ =>
                ProviderSocket.Http(200, "application/json",
                    """{"model":"vectors","data":[{"embedding":[1]}],"usage":{"prompt_tokens":3}}"""));

        await scene.Worker.End(job);

        Assert.Equal(3, measured.Sum("gen_ai.client.embeddings.operation.input_tokens", Model("vectors")));
        Assert.Single(measured.Of("gen_ai.client.embeddings.duration", Model("vectors")));
        Assert.Empty(measured.Of($"{Used}input_tokens", Model("vectors")));
    }

    static IEnumerable<(string, string)> Model(string model) => [("gen_ai.response.model", model)];

    async Task Ask(string model, string usage)
    {
        scene.Provider.Answer(model, _ => ProviderSocket.Http(
            200, "application/json",
            $$"""{"object":"response","status":"completed","model":"{{model}}","output":[{"type":"message","content":"ok"}]{{usage}}}"""));
        await scene.Worker.End(Messages.Smallest with { JobId = model, Model = model });
    }
}
