using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>OpenAI's own SDKs, unchanged except for the base URL.</summary>
public sealed class OfficialSdkSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    const string Sample = "ops/samples/openai";

    readonly WebAddress web = new();

    [Fact]
    public async Task The_one_for_Node_js_finds_everything_as_it_is_at_OpenAI()
    {
        _ = broker.Version; // Skips without a broker.
        NeedsNode();
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, broker.CommonPrefix(), emulator,
        [
            .. web.Settings, .. WebAddress.Allow("program", "owt_program", "send,read"),
            .. WebAddress.Allow("narrow", "owt_narrow", "read"), "--Web:RequestsPerMinute=1200",
        ]);

        var (code, said) = await ForeignProgram.Run("node", Sample,
            [Repository.PathOf("Worker.Tests/Web/OpenAI/sdk.mjs")], new Dictionary<string, string>
            {
                ["BASE_URL"] = $"{web.Uri}v1",
                ["TOKEN"] = "owt_program",
                ["NARROW"] = "owt_narrow",
            });

        Assert.True(code == 0, said);
        Assert.Contains("all is well", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask.js", "m", 0, "light")]
    [InlineData("ask.js", "m+status:404", 1, "model_not_found")]
    [InlineData("batch.js", "m", 0, "question-1")]
    [InlineData("batch.js", "m+status:404", 1, "model_not_found")]
    public async Task A_sample_does_what_it_says(string program, string model, int expected, string says)
    {
        NeedsNode();
        await using var worker = await web.Start();

        var (code, said) = await ForeignProgram.Run("node", Sample, [program, "Who keeps the light?"],
            new Dictionary<string, string> { ["OPENAI_BASE_URL"] = $"{web.Uri}v1", ["MODEL"] = model });

        Assert.True(code == expected, said);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_for_NET_asks_and_hears_why_not()
    {
        await using var worker = await web.Start();
        var options = new OpenAIClientOptions { Endpoint = new($"{web.Uri}v1") };
        var client = new OpenAIClient(new ApiKeyCredential("any"), options);

        var answer = await client.GetChatClient("m").CompleteChatAsync("Who keeps the light?");
        var vectors = await client.GetEmbeddingClient("m").GenerateEmbeddingsAsync(["a", "b"],
            cancellationToken: TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() =>
            client.GetChatClient("m+status:404").CompleteChatAsync("x"));

        Assert.Contains("light", answer.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, vectors.Value.Count);
        Assert.Equal(404, refused.Status);
    }

    public void Dispose() => web.Dispose();

    static void NeedsNode() => ForeignProgram.Needs("node", $"{Sample}/node_modules/openai",
        $"npm ci --prefix {Sample}, as ops/test does");
}
