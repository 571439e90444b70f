using System.Text.Json;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Send;

public sealed class EndingFilesSpecs
{
    [Theory]
    [InlineData("generate-speech", 1)]
    [InlineData("generate-image", 1)]
    [InlineData("edit-image", 1)]
    [InlineData("message-model", 0)]
    public void Files_are_found_in_every_ending_that_has_some(string operation, int files) =>
        Assert.Equal(files, EndingFiles.In(
            JsonElement.Parse(Repository.Read($"ops/samples/examples/{operation}.result.json"))).Count());

    [Fact]
    public void What_the_API_said_is_not_taken_for_a_second_file() => Assert.Single(EndingFiles.In(JsonElement.Parse(
        """{"audio":{"base64":"AQ==","sha256":"a","length":1},"raw":{"file":{"base64":"AQ==","sha256":"a"}}}""")));
}
