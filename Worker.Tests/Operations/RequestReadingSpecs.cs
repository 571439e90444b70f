using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Operations;

public sealed class RequestReadingSpecs
{
    // Each job is checked by it; creating it took a quarter of a job's processor time.
    [Fact]
    public void What_is_known_of_a_contract_is_made_once() =>
        Assert.Same(RequestReading.TypeOf(typeof(MessageModel)), RequestReading.TypeOf(typeof(MessageModel)));
}
