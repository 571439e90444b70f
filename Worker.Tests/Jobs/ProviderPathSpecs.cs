using OpenAIWorker.Jobs.Lines;

namespace OpenAIWorker.Tests.Jobs;

public sealed class ProviderPathSpecs
{
    [Theory]
    [InlineData("/v1/responses", "responses")]
    [InlineData("/v1/something/new", "something/new")]
    [InlineData("/v1/accounts/7/v2/things", "things")]
    [InlineData("https://gateway.example/v1/team/v1beta/things/", "things")]
    public void A_path_begins_behind_its_last_version(string url, string path) =>
        Assert.Equal(path, ProviderPath.Of(url).Path);
}
