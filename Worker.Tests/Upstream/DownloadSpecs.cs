using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Tests.Upstream;

public sealed class DownloadSpecs
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("text/html")]
    public void Words_in_the_place_of_bytes_are_a_broken_answer(string type)
    {
        var failure = Assert.Throws<FailureException>(() => Of(type).Bytes()).Failure;

        Assert.Equal((FailureKind.Transient, FailureCodes.BrokenAnswer, 200, "req_1"), (failure.Kind, failure.Code, failure.Status!.Value, failure.RequestId));
        Assert.Contains(type.Split(';')[0], failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public void Bytes_are_given_out_whatever_they_are_called(string? type) => Assert.Same(Stream.Null, Of(type).Bytes());

    static Download Of(string? type) => new(Stream.Null, type, "req_1", 200);
}
