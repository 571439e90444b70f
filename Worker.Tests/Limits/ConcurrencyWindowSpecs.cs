using OpenAIWorker.Limits;

namespace OpenAIWorker.Tests.Limits;

public sealed class ConcurrencyWindowSpecs
{
    const int Sample = 16;

    readonly ConcurrencyWindow window = new(1, 100);

    public ConcurrencyWindowSpecs()
    {
        Answer(milliseconds: 100, isFull: true);
        Answer(milliseconds: 1_000, isFull: true);
    }

    [Fact]
    public void Answers_that_suddenly_take_long_make_it_a_fifth_smaller_than_the_calls_that_ran() =>
        Assert.Equal(12, window.Size);

    [Fact]
    public void It_grows_again_while_calls_wait_for_a_place()
    {
        Answer(milliseconds: 100, isFull: true);

        Assert.Equal(14, window.Size);
    }

    [Fact]
    public void It_does_not_grow_while_no_call_waits_for_a_place()
    {
        Answer(milliseconds: 100, isFull: false);

        Assert.Equal(12, window.Size);
    }

    void Answer(int milliseconds, bool isFull)
    {
        for (var answers = 0; answers < Sample; answers++)
            window.Answered(TimeSpan.FromMilliseconds(milliseconds), Sample, isFull);
    }
}
