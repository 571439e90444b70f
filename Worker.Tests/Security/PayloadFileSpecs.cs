using System.Diagnostics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>Payload ids that lead to something other than a file of the store.</summary>
public sealed class PayloadFileSpecs : IDisposable
{
    readonly PayloadFolder folder = new();

    [Theory]
    [InlineData("/proc/self/environ")]
    [InlineData("/dev/zero")]
    [InlineData("/etc")]
    [InlineData("/no/such/file")]
    public async Task A_link_is_not_followed(string target)
    {
        File.CreateSymbolicLink(Path.Combine(folder.Path, "p-x"), target);

        await IsRefused();
    }

    [Fact]
    public async Task A_link_to_another_payload_is_not_followed_either()
    {
        var other = await folder.Fill(3);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "p-x"), Path.Combine(folder.Path, other.Id));

        await IsRefused();
    }

    [Fact]
    public async Task A_pipe_blocks_no_other_job()
    {
        using var make = Process.Start("mkfifo", [Path.Combine(folder.Path, "p-x")]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);

        await IsRefused();
    }

    [Fact]
    public async Task A_folder_is_no_payload()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "p-x"));

        await IsRefused();
    }

    [Fact]
    public async Task What_is_put_never_goes_through_a_link()
    {
        var outside = Path.Combine(folder.Path, "outside");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "p-x"), outside);

        await folder.Store.Put("p-x", new MemoryStream([1]), TestContext.Current.CancellationToken);

        Assert.False(File.Exists(outside));
        Assert.Null(new FileInfo(Path.Combine(folder.Path, "p-x")).LinkTarget);
    }

    public void Dispose() => folder.Dispose();

    async Task IsRefused()
    {
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}");

        var failure = await worker.Failure(new UploadFile { File = new() { Payload = new() { Id = "p-x" } } });

        Assert.Equal((FailureCodes.InvalidRequest, "file.payload.id", 1),
            (failure.Code, failure.Member, failure.Attempts));
        Assert.Contains("is a link, a folder, a pipe or a device", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }
}
