using OpenAIWorker.Limits;

namespace OpenAIWorker.Tests.Limits;

/// <summary>Limits that an operator sets while workers run.</summary>
public sealed class LimitOrderSpecs
{
    static readonly LimitOrder ForAll = new(null, "m", 100, 1_000);
    static readonly LimitOrder ForOne = new("team", "m", 7, null);

    [Fact]
    public void An_order_for_one_credential_overrides_one_for_all_in_any_sequence()
    {
        Assert.Equal((7, 1_000), Over([ForAll, ForOne], "team"));
        Assert.Equal((7, 1_000), Over([ForOne, ForAll], "team"));
        Assert.Equal((100, 1_000), Over([ForOne, ForAll], "other"));
    }

    [Fact]
    public void A_credential_is_named_in_any_case() => Assert.Equal((7, null), Over([ForOne], "TEAM"));

    [Fact]
    public void What_an_order_leaves_out_is_as_in_the_settings() => Assert.Equal((7, 50),
        Over([ForOne], "team", new() { RequestsPerMinute = 10, TokensPerMinute = 50 }));

    [Fact]
    public void An_order_for_another_group_or_credential_changes_nothing()
    {
        LimitGroupOptions settings = new() { RequestsPerMinute = 10 };

        Assert.Same(settings, LimitOrder.Over([ForAll, ForOne], new("team", "other"), settings));
        Assert.Same(settings, LimitOrder.Over([ForOne], new("other", "m"), settings));
        Assert.Null(LimitOrder.Over([ForOne], new("other", "m"), null));
    }

    static (long?, long?) Over(IReadOnlyList<LimitOrder> orders, string credential, LimitGroupOptions? settings = null)
    {
        var limit = LimitOrder.Over(orders, new(credential, "m"), settings)!;
        return (limit.RequestsPerMinute, limit.TokensPerMinute);
    }
}
