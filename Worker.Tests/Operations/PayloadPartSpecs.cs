using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

public sealed class PayloadPartSpecs : IAsyncLifetime
{
    readonly PayloadFolder folder = new();
    EmbeddedWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}");
        await folder.Store.Put("p-cat", new MemoryStream(Encoding.ASCII.GetBytes("cat")),
            TestContext.Current.CancellationToken);
        await folder.Store.Put("p-pdf", new MemoryStream(Encoding.ASCII.GetBytes("pdf")),
            TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(ModelApi.Responses, """
        [{"type":"input_text","text":"Look"},{"type":"input_image","image_url":"data:image/webp;base64,Y2F0","detail":"auto"},
         {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,cGRm"}]
        """)]
    [InlineData(ModelApi.ChatCompletions, """
        [{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"data:image/webp;base64,Y2F0"}},
         {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,cGRm"}}]
        """)]
    public async Task Images_and_files_of_a_message_come_from_the_store(ModelApi api, string content)
    {
        var message = new ModelMessage
        {
            Text = "Look",
            Images = [new() { Payload = new() { Id = "p-cat", FileName = "cat.webp" } }],
            Files = [new() { Payload = new() { Id = "p-pdf", FileName = "a.pdf" } }],
        };

        await worker.Answer(Messages.Smallest with { Api = api, Messages = [message] });

        var input = worker.OnlyCall.Body.GetProperty(api == ModelApi.Responses ? "input" : "messages");
        JsonAssert.Same(content, input[0].GetProperty("content"));
    }

    [Theory]
    [InlineData(ModelApi.Responses, null)]
    [InlineData(ModelApi.Responses, "application/octet-stream")]
    [InlineData(ModelApi.ChatCompletions, null)]
    [InlineData(ModelApi.ChatCompletions, "application/octet-stream")]
    public async Task An_image_whose_type_says_nothing_is_looked_at_wherever_it_comes_from(ModelApi api, string? type)
    {
        byte[] gif = [.. "GIF89a"u8];
        await folder.Store.Put("p-gif", new MemoryStream(gif), TestContext.Current.CancellationToken);
        ImageInput[] images = [new() { Payload = new() { Id = "p-gif", ContentType = type } },
            new() { Base64 = Convert.ToBase64String(gif), ContentType = type }];

        await worker.Answer(Messages.Smallest with { Api = api, Messages = [new() { Images = images }] });

        Assert.Equal(2, worker.OnlyCall.Body.GetRawText().Split("data:image/gif;base64,R0lGODlh").Length - 1);
    }

    [Fact]
    public async Task Images_to_be_judged_come_from_the_store()
    {
        await worker.Answer(new ClassifyText
        {
            Images = [
            new() { Payload = new() { Id = "p-cat", ContentType = "image/gif" } }]
        });

        JsonAssert.Same("""{"input":[{"type":"image_url","image_url":{"url":"data:image/gif;base64,Y2F0"}}]}""",
            worker.OnlyCall.Body);
    }

    [Fact]
    public async Task Images_to_be_analyzed_come_from_the_store()
    {
        await worker.Answer(Messages.Analysis with
        {
            Images = [new() { Payload = new() { Id = "p-cat", ContentType = "image/gif" } }]
        });

        JsonAssert.Same("""{"type":"input_image","image_url":"data:image/gif;base64,Y2F0","detail":"auto"}""",
            worker.OnlyCall.Body.GetProperty("input")[0].GetProperty("content")[1]);
    }

    [Fact]
    public async Task Image_to_be_analyzed_that_is_gone_is_named_as_the_sender_did()
    {
        var failure = await worker.Failure(
            Messages.Analysis with { Images = [new() { Payload = new() { Id = "p-dog" } }] });

        Assert.Equal((FailureCodes.NotFound, "images[0].payload"), (failure.Code, failure.Member));
    }

    [Fact]
    public async Task Image_that_is_gone_is_named()
    {
        var failure = await worker.Failure(
            Messages.Smallest with { Messages = [new() { Images = [new() { Payload = new() { Id = "p-dog" } }] }] });

        Assert.Equal((FailureCodes.NotFound, "messages[0].images[0].payload"), (failure.Code, failure.Member));
        Assert.Empty(worker.Emulator.Calls);
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        folder.Dispose();
    }
}
