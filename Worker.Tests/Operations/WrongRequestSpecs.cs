using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

public class WrongRequestSpecs
{
    [Fact]
    public async Task Every_wrong_member_is_named_with_its_value_and_nothing_is_called()
    {
        await using var worker = await EmbeddedWorker.Start();

        foreach (var (request, member, says) in
            WrongMessages.Rows.Concat(WrongAssistants.Rows).Concat(WrongOthers.Rows))
        {
            var failure = await worker.Failure(request);

            Assert.StartsWith(member, failure.Member);
            Assert.Contains(says, failure.Message);
            Assert.Equal((FailureKind.Permanent, Remedy.Sender, 1), (failure.Kind, failure.Remedy, failure.Attempts));
            Assert.Equal(request.Credential is null ? FailureCodes.InvalidRequest : FailureCodes.UnknownCredential,
                failure.Code);
        }
        Assert.Empty(worker.Emulator.Calls);
    }
}
