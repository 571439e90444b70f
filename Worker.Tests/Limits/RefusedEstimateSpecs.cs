using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Tests.Limits;

/// <summary>A refusal that says what a call would have been charged.</summary>
public sealed class RefusedEstimateSpecs
{
    static readonly TokenEstimate Call = new(Input: 1_000, Output: 0);

    readonly Calibration calibration = new();

    public RefusedEstimateSpecs() => calibration.Refused(Call, 3_300);

    [Fact]
    public void A_larger_charge_than_expected_is_expected_from_then_on() => Assert.InRange(Expected, 3_200, 3_400);

    [Fact]
    public void Answers_that_show_a_smaller_count_are_believed_again()
    {
        for (var answers = 0; answers < 200; answers++)
            calibration.Counted(Call, 1_000);

        Assert.InRange(Expected, 990, 1_100);
    }

    double Expected => calibration.SpendingOf(Call).Tokens;
}
