using OpenAIWorker.Storage;

namespace OpenAIWorker.Tests.Storage;

public sealed class DiskFaultSpecs
{
    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(30, false)]
    public void A_used_up_quota_is_a_full_disk_and_a_read_only_one_is_not(int number, bool isFull)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are Linux's.");

        Assert.Equal(isFull, DiskFaults.IsFull(new IOException("", number)));
    }

    [Fact]
    public void A_device_that_takes_nothing_is_full()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");

        var refused = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x"));

        Assert.True(DiskFaults.IsFull(refused));
    }
}
