using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>Which lines of an input are still open, given the output of earlier runs.</summary>
public sealed class ResumeCheckSpecs
{
    [Fact]
    public void Of_lines_alike_each_takes_one_ending()
    {
        var earlier = Earlier((1, "a"), (1, "b"));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => earlier.Take(new(1))));
    }

    [Fact]
    public async Task Endings_that_no_line_takes_leave_the_other_lines_open() =>
        Assert.Equal((2, 1), await Run(Earlier((1, "a"), (1, "b"), (1, "c")), Line(1, "a"), Line(2, "d")));

    [Fact]
    public async Task A_line_that_has_changed_since_its_answer_is_named()
    {
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => Run(Earlier((1, "a")), Line(2, "a")));

        Assert.Contains("Line 1 has changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_was_answered_before_and_after_it_changed_is_no_changed_one() =>
        Assert.Equal((1, 0), await Run(Earlier((1, "a"), (2, "a")), Line(2, "a")));

    [Fact]
    public async Task Words_that_have_changed_are_told_where_no_answer_is_to_a_line() =>
        await Assert.ThrowsAsync<SettingsException>(() => Run(Earlier((1, Made(1))), Line(2, null), Line(3, null)));

    // It is then another input with the same name.
    [Fact]
    public async Task More_answers_than_lines_say_nothing_of_the_words() =>
        Assert.Equal((1, 1), await Run(Earlier((1, Made(1)), (2, Made(2))), Line(3, null)));

    static string Made(int content) => new JobNames("in").Of(null, new((UInt128)content)).JobId;

    static JobLine Line(int content, string? id) =>
        new(1, LineFormat.Native, new((UInt128)content)) { OwnId = id, JobId = id ?? Made(content) };

    static EarlierEndings Earlier(params (int Content, string Id)[] endings)
    {
        var earlier = new EarlierEndings();
        foreach (var (content, id) in endings)
            earlier.Add(new(new((UInt128)content), id, 1, IsFailed: false, Cost: null));
        return earlier;
    }

    static Task<(long Total, long Open)> Run(EarlierEndings earlier, params JobLine[] lines) =>
        ResumeCheck.Run(lines.ToAsyncEnumerable(), earlier, sent: null, "out");
}
