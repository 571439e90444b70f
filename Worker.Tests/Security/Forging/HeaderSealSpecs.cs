using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;

namespace OpenAIWorker.Tests.Security.Forging;

/// <summary>The seal of the workers' own headers: it is valid only for the job that it was made for.</summary>
public sealed class HeaderSealSpecs
{
    const string Key = "a key of sixteen and more";

    static readonly SealedJob Job = new("message-model", "order-17", "{}"u8.ToArray());

    static readonly JobHeaders Waiting = new(2, 3, DateTimeOffset.UnixEpoch, new Usage { InputTokens = 1 },
        new() { Rounds = 1 });

    [Fact]
    public void It_holds_for_the_job_that_it_was_made_for() => Assert.True(Holds(Job));

    [Theory]
    [InlineData("message-model", "order-18", "{}")]
    [InlineData("classify-text", "order-17", "{}")]
    [InlineData("message-model", "order-17", "{} ")]
    [InlineData("message-modelorder-17", "", "{}")]
    public void It_holds_for_no_other_job_operation_or_body(string operation, string id, string body) =>
        Assert.False(Holds(new(operation, id, System.Text.Encoding.UTF8.GetBytes(body))));

    [Theory]
    [InlineData("openai-worker-failed", "0")]
    [InlineData("openai-worker-waits", "4")]
    [InlineData("openai-worker-first-seen", "1")]
    [InlineData("openai-worker-usage", """{"inputTokens":2}""")]
    [InlineData("openai-worker-state", """{"rounds":0}""")]
    [InlineData("openai-worker-state", null)]
    [InlineData("openai-worker-seal", "AAAA")]
    [InlineData("openai-worker-seal", "not base64!")]
    [InlineData("openai-worker-seal", null)]
    public void It_holds_for_no_other_headers(string name, string? value) =>
        Assert.False(Holds(Job, change: headers => headers.Set(name, value, overwrite: true)));

    [Fact]
    public void A_header_that_was_added_breaks_it() =>
        Assert.False(Holds(Job, waiting: Waiting with { State = null },
            change: headers => headers.Set("openai-worker-state", "{}")));

    [Fact]
    public void A_header_that_was_added_and_is_no_text_breaks_it_too() =>
        Assert.False(Holds(Job, waiting: Waiting with { State = null },
            change: headers => headers.Set("openai-worker-state", new List<object?> { 1 })));

    [Fact]
    public void A_key_that_was_replaced_is_accepted_as_long_as_the_settings_name_it()
    {
        Assert.True(Holds(Job, readBy: Seal("another key of sixteen", Key)));
        Assert.False(Holds(Job, readBy: Seal("another key of sixteen", null)));
        Assert.False(Holds(Job, readBy: Seal(null, null)));
    }

    [Fact]
    public void A_key_that_was_agreed_later_signs_and_the_one_before_is_still_accepted()
    {
        var keys = new HeaderKeys(Options.Create(new DeliveryOptions()));
        var (before, agreed) = (keys.Signing, new byte[HeaderKeys.Bytes]);

        keys.Agree(agreed);

        Assert.Same(agreed, keys.Signing);
        Assert.Contains(before, keys.All);
    }

    static HeaderSeal Seal(string? key, string? old) =>
        new(new(Options.Create(new DeliveryOptions { HeaderKey = key, OldHeaderKey = old })));

    static bool Holds(SealedJob read, JobHeaders? waiting = null, Action<DictionarySendHeaders>? change = null,
        HeaderSeal? readBy = null)
    {
        var headers = new DictionarySendHeaders();
        foreach (var (name, value) in Seal(Key, null).Sealed([.. (waiting ?? Waiting).Write()], Job))
            headers.Set(name, value, overwrite: true);
        change?.Invoke(headers);
        return (readBy ?? Seal(Key, null)).Holds(headers, JobHeaders.Names, read);
    }
}
