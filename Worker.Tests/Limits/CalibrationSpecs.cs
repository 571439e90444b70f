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
    [InlineData(200, 142)]
    [InlineData(50, 109)]
    public void Each_answer_moves_the_expectation_by_a_fifth_of_the_difference(long counted, double expected)
    {
        var calibration = new Calibration();

        calibration.Counted(Call, counted);

        Assert.Equal(expected, Expected(calibration), 6);
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
