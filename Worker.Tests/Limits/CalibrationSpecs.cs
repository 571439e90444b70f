using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Tests.Limits;

/// <summary>How a provider's own count of tokens is used.</summary>
public sealed class CalibrationSpecs
{
    static readonly TokenEstimate Call = new(Input: 100, Output: 10);

    // A tenth more than expected, plus the allowed output.
    [Fact]
    public void Before_any_answer_our_own_count_goes_with_a_margin() => Assert.Equal(120, Expected(new()), 6);

    [Theory]
    [InlineData(1.35, 0)]
    [InlineData(0.7, 0)]
    [InlineData(1, 30)]
    [InlineData(1.2, 12)]
    public void Some_answers_of_different_sizes_tell_a_factor_and_an_overhead(double factor, double overhead)
    {
        var calibration = new Calibration();

        for (var answers = 0; answers < 60; answers++)
            Count(calibration, 40 + answers * 37 % 180);

        foreach (var input in new[] { 40.0, 100, 220 })
            Assert.InRange(calibration.SpendingOf(new(input, 0)).Tokens / (input * factor + overhead), 0.97, 1.04);

        void Count(Calibration calibration, double input) =>
            calibration.Counted(new(input, 0), (long)Math.Round(input * factor + overhead));
    }

    [Fact]
    public void The_margin_goes_with_the_errors()
    {
        var (steady, moody) = (new Calibration(), new Calibration());

        for (var answers = 0; answers < 60; answers++)
        {
            steady.Counted(Call, 200);
            moody.Counted(Call, answers % 2 == 0 ? 150 : 250);
        }

        Assert.InRange(Expected(steady), 208, 214);
        Assert.InRange(Expected(moody), 240, 275);
    }

    [Theory]
    [InlineData(240, 230)]
    [InlineData(12, 120)]
    public void A_refusal_raises_it_at_once_and_never_lowers_it(long charge, double expected)
    {
        var calibration = new Calibration();

        calibration.Refused(Call, charge);

        Assert.Equal(expected, Expected(calibration), 6);
    }

    static double Expected(Calibration calibration) => calibration.SpendingOf(Call).Tokens;
}
