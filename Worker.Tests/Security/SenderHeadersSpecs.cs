using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// An AMQP frame has room for 26,000 nested lists or tables. Reading them must not crash the process.
/// </summary>
public sealed class SenderHeadersSpecs
{
    public static TheoryData<bool, int, bool> Depths =>
        new() { { true, 30_000, false }, { false, 30_000, false }, { true, 17, false }, { true, 16, true },
            { false, 16, true } };

    [Theory]
    [MemberData(nameof(Depths))]
    public void What_is_nested_too_deep_is_left_behind_and_the_rest_goes_on(bool isList, int depth, bool isKept)
    {
        var kept = SenderHeaders.Of(
            new Dictionary<string, object?> { ["deep"] = Nested(isList, depth), ["plain"] = "x" });

        Assert.Equal(isKept, kept.ContainsKey("deep"));
        Assert.True(kept.ContainsKey("plain"));
    }

    static object? Nested(bool isList, int depth)
    {
        object? value = 1;
        for (var level = 0; level < depth; level++)
            value = isList ? new List<object?> { value } : new Dictionary<string, object?> { ["a"] = value };
        return value;
    }
}
