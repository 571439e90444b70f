using System.IO.Compression;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Tests.Delivery.Bodies;

namespace OpenAIWorker.Tests.Security;

/// <summary>Bodies that decompress to far more than their size.</summary>
public sealed class PackedBodySpecs
{
    const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public void Unpacking_ends_at_the_size_of_a_message(string packing)
    {
        var body = Zeros(packing, 64);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var plain = PlainBody.Of(body, packing, "message-model");

        Assert.Equal(FailureCodes.RequestTooLarge, plain.Fault!.Code);
        Assert.Contains("decompresses to more than 16777216 bytes", plain.Fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 80 * Megabyte);
    }

    [Fact]
    public void A_packed_body_within_a_packed_body_is_not_unpacked_again() =>
        Assert.Equal(FailureCodes.Unreadable,
            PlainBody.Of(PlainBodySpecs.Packed("gzip", Zeros("gzip", 1)), "gzip",
                "message-model").Fault!.Code);

    static byte[] Zeros(string packing, int megabytes)
    {
        var packed = new MemoryStream();
        using (Stream into = packing == "br"
            ? new BrotliStream(packed, CompressionLevel.Fastest)
            : new GZipStream(packed, CompressionLevel.Fastest))
        {
            for (var written = 0; written < megabytes; written++)
                into.Write(new byte[Megabyte]);
        }
        return packed.ToArray();
    }
}
