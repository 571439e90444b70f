namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A line names the path of its call.</summary>
public sealed class LinePathSpecs : WorldLinesScene
{
    [Theory]
    [InlineData("/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("chat/completions/", "/v1/chat/completions")]
    [InlineData("/openai/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
        "/v1/chat/completions?api-version=2024-10-21")]
    [InlineData("/v4/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1beta/openai/embeddings", "/v1/embeddings")]
    [InlineData("/api/v3/embeddings", "/v1/embeddings")]
    [InlineData("https://api.openai.com/v1/completions", "/v1/completions")]
    [InlineData("/v1/images/edits", "/v1/images/edits")]
    [InlineData("/v1/moderations", "/v1/moderations")]
    [InlineData("/v1/something/new", "/v1/something/new")]
    public async Task Every_path_is_below_the_base_URL(string url, string path)
    {
        await RunText($$"""{"custom_id":"a","method":"POST","url":"{{url}}","body":{"model":"m"} }""");

        Assert.Equal(path, Assert.Single(called).Path);
    }

    [Theory]
    [InlineData("/v1/../admin")]
    [InlineData("/v1/a//b\\\\c")]
    public async Task No_path_leaves_the_base_URL(string url)
    {
        await RunText($$"""{"custom_id":"a","method":"POST","url":"{{url}}","body":{"model":"m"} }""");

        Assert.Equal("a invalid_request", Told(Assert.Single(scene.Endings)));
        Assert.Empty(called);
    }

    Task RunText(string line)
    {
        scene.Given(line);
        return Run();
    }
}
