using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Display;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class SummarySpecs
{
    [Theory]
    [InlineData("-", false, "on standard output.")]
    [InlineData("/dev/stderr", false, "in /dev/stderr.")]
    [InlineData("out.jsonl", true, "in out.jsonl; the same command with --retry-failed runs it again.")]
    public void Only_a_file_can_be_gone_on_with(string output, bool isKept, string says)
    {
        var lines = Of(output, isKept).Lines().ToList();

        Assert.Equal($"1 failed one is {says}", lines[^1]);
        Assert.Equal($"2 lines have no ending{(isKept ? " yet; the same command continues with them" : "")}.",
            lines[^2]);
    }

    [Fact]
    public void Standard_output_has_its_name_for_a_person_and_its_sign_for_a_program()
    {
        var summary = Of("-", isKept: false);

        Assert.EndsWith(": standard output", summary.Lines().First(), StringComparison.Ordinal);
        Assert.Contains("\"output\":\"-\"", summary.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("kept", summary.ToJson(), StringComparison.OrdinalIgnoreCase);
    }

    static Summary Of(string output, bool isKept) => Summary.Of(new(), 0, output, 1, null, 2) with
    {
        Failed = 1,
        IsKept = isKept,
    };
}
