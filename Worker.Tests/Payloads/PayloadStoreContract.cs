using System.Text;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>What every store must do.</summary>
public abstract class PayloadStoreContract
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal abstract IPayloadStore Store { get; }

    [Fact]
    public async Task What_was_put_is_opened_with_its_length()
    {
        var id = await Put("bytes");

        Assert.Equal(("bytes", 5), await Read(id));
    }

    [Theory]
    [InlineData(5 * 1024 * 1024)]
    [InlineData(12_345_678)]
    public async Task What_is_larger_than_any_buffer_comes_back_byte_by_byte(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        var id = PayloadId.New();

        await Store.Put(id, new Unseekable(bytes), Cancellation);

        var stored = await Store.Open(id, Cancellation);
        await using var content = stored!.Content;
        var read = new MemoryStream();
        await content.CopyToAsync(read, Cancellation);
        Assert.Equal(bytes.Length, stored.Length);
        Assert.True(read.ToArray().AsSpan().SequenceEqual(bytes), "The bytes differ.");
    }

    [Fact]
    public async Task Nothing_at_all_is_a_payload_too() => Assert.Equal(("", 0), await Read(await Put("")));

    [Fact]
    public async Task What_is_put_again_is_the_new() =>
        Assert.Equal(("second", 6), await Read(await Put("second", await Put("first"))));

    [Fact]
    public async Task What_was_not_put_is_not_there() => Assert.Null(await Store.Open(PayloadId.New(), Cancellation));

    [Fact]
    public async Task What_was_deleted_is_not_there()
    {
        var id = await Put("bytes");

        await Store.Delete(id, Cancellation);
        await Store.Delete(id, Cancellation);

        Assert.Null(await Store.Open(id, Cancellation));
    }

    [Fact]
    public async Task What_breaks_while_it_is_put_is_not_there()
    {
        var id = PayloadId.New();

        await Assert.ThrowsAnyAsync<Exception>(() => Store.Put(id, new Breaking(), Cancellation));

        Assert.Null(await Store.Open(id, Cancellation));
    }

    [Fact]
    public async Task What_is_older_than_a_time_is_deleted_and_the_younger_stays()
    {
        var id = await Put("bytes");
        var now = TimeProvider.System.GetUtcNow();

        await Store.DeleteOlderThan(now.AddHours(-1), Cancellation);
        Assert.Equal(("bytes", 5), await Read(id));
        Assert.True((await Store.DeleteOlderThan(now.AddHours(1), Cancellation)).Deleted > 0);

        Assert.Null(await Store.Open(id, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("p-../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("p-a/b")]
    [InlineData("p-a\\b")]
    [InlineData("p-a.part")]
    [InlineData("p-a\n")]
    [InlineData("p-a\0")]
    [InlineData("other")]
    public async Task Id_of_another_shape_is_never_used(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Open(id, Cancellation));

    async Task<string> Put(string text, string? id = null)
    {
        id ??= PayloadId.New();
        await Store.Put(id, new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancellation);
        return id;
    }

    async Task<(string Text, long Length)> Read(string id)
    {
        var stored = await Store.Open(id, Cancellation);
        using var reader = new StreamReader(stored!.Content);
        return (await reader.ReadToEndAsync(Cancellation), stored.Length);
    }
}
