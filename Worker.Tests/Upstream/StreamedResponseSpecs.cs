using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

public sealed class StreamedResponseSpecs
{
    [Theory]
    [InlineData("application/json", "[]", FailureKind.Transient)]
    [InlineData("Application/JSON; charset=utf-8", "", FailureKind.Transient)]
    [InlineData("text/plain", "Busy", FailureKind.Transient)]
    [InlineData("text/html", "<html>Sign in</html>", FailureKind.Permanent)]
    public async Task Words_in_the_place_of_bytes_are_a_broken_answer(string type, string body, FailureKind kind)
    {
        var failure = (await Assert.ThrowsAsync<FailureException>(() =>
            Of(type, body).Bytes(TestContext.Current.CancellationToken))).Failure;

        Assert.Equal((kind, FailureCodes.BrokenAnswer, 200, "req_1"),
            (failure.Kind, failure.Code, failure.Status!.Value, failure.RequestId));
        Assert.Contains(type.Split(';')[0], failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task Bytes_are_given_out_under_any_type(string? type)
    {
        var download = Of(type, "x");

        var bytes = new MemoryStream();
        await (await download.Bytes(TestContext.Current.CancellationToken))
            .CopyToAsync(bytes, TestContext.Current.CancellationToken);

        Assert.Equal("x"u8.ToArray(), bytes.ToArray());
    }

    static StreamedResponse Of(string? type, string body) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(body)), type, 200, FakeHeaders.Read("x-request-id: req_1"));
}
