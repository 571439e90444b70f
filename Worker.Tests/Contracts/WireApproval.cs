namespace OpenAIWorker.Tests.Contracts;

public sealed class WireApproval
{
    const string Approved = "Worker.Tests/Contracts/wire.approved.txt";

    [Fact]
    public async Task Wire_is_as_it_was_approved()
    {
        var now = await Wire.Lines();
        if (Environment.GetEnvironmentVariable("APPROVE") == "wire")
            await File.WriteAllLinesAsync(Repository.PathOf(Approved), now, TestContext.Current.CancellationToken);
        var approved = Repository.Read(Approved).TrimEnd('\n').Split('\n');

        var difference = approved.Except(now).Select(line => $"- {line}")
            .Concat(now.Except(approved).Select(line => $"+ {line}")).ToList();

        Assert.True(difference.Count == 0, $"""
            The wire differs from {Approved}:
            {string.Join('\n', difference)}
            Neighbours rely on it. A released contract gains optional members only: a line with a minus breaks somebody, and a queue
            whose arguments change has to be deleted by hand. If that is meant, say so in CHANGELOG.md and approve it:
            APPROVE=wire ops/test -class '*WireApproval'
            """);
    }
}
