using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Image;

public class GenerateImageSpecs
{
    [Fact]
    public async Task Model_and_prompt_are_all_that_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(Messages.Image);

        JsonAssert.Same("""{"model":"gpt-image-2","prompt":"A cat"}""", worker.OnlyCall.Body);
        Assert.Equal(("POST", "/v1/images/generations"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        var image = Assert.Single(drawn.Images!);
        Assert.Equal(("image/png", "image-1.png", null, null),
            (image.File!.ContentType, image.File.FileName, image.Url, image.RevisedPrompt));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(image.File.Base64!)[..4]);
        Assert.Equal((1, 1, 1_056, 1_057),
            (drawn.Usage!.Images!.Value, drawn.Usage.InputTokens, drawn.Usage.OutputTokens, drawn.Usage.TotalTokens));
        Assert.StartsWith("req_", drawn.RequestId);
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(Messages.Image with
        {
            Count = 2,
            Quality = "high",
            Size = "1536x1024",
            Background = "transparent",
            OutputFormat = "webp",
            Compression = 80,
            Moderation = "low",
            RespondWithUrls = false,
        });

        JsonAssert.Same("""
            {"model":"gpt-image-2","prompt":"A cat","n":2,"quality":"high","size":"1536x1024","background":"transparent",
             "output_format":"webp","output_compression":80,"moderation":"low"}
            """, worker.OnlyCall.Body);
        Assert.Equal(["image-1.webp", "image-2.webp"], drawn.Images!.Select(image => image.File!.FileName));
        Assert.Equal(("image/webp", "UklG", 2),
            (drawn.Images![1].File!.ContentType, drawn.Images[1].File!.Base64![..4], drawn.Usage!.Images!.Value));
    }

    [Fact]
    public async Task Older_model_gives_bytes_and_says_how_it_changed_the_prompt()
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(new GenerateImage
        {
            Model = "dall-e-3",
            Prompt = "A cat",
            Quality = "hd",
            Style = "natural",
            Size = "1792x1024"
        });

        JsonAssert.Same(
            """{"model":"dall-e-3","prompt":"A """
                + """cat","quality":"hd","size":"1792x1024","style":"natural","response_format":"b64_json"}""",
                worker.OnlyCall.Body);
        Assert.Equal("A cat, in soft morning light", drawn.Images![0].RevisedPrompt);
        Assert.Equal(("image-1.png", 0, 1),
            (drawn.Images[0].File!.FileName, drawn.Usage!.TotalTokens, drawn.Usage.Images!.Value));
    }

    [Fact]
    public async Task Addresses_are_passed_on_and_not_fetched()
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(
            new GenerateImage { Model = "dall-e-2", Prompt = "A cat", Count = 3, RespondWithUrls = true });

        Assert.Equal("url", worker.OnlyCall.Body.GetProperty("response_format").GetString());
        Assert.Equal(3, drawn.Images!.Select(image => image.Url).Distinct().Count());
        Assert.All(drawn.Images!, image => Assert.Null(image.File));
    }

    // Compatible providers accept response_format for models with other names.
    [Theory, InlineData(null, null), InlineData(false, "b64_json")]
    public async Task Model_of_another_provider_is_sent_what_the_sender_set(bool? urls, string? format)
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.End(Messages.Image with { Model = "flux", RespondWithUrls = urls, MaxRetries = 0 });

        Assert.Equal(format, worker.OnlyCall.Body.TryGetProperty("response_format", out var sent)
            ? sent.GetString()
            : null);
    }

    [Fact]
    public async Task Large_images_go_to_the_store_one_by_one()
    {
        using var folder = new PayloadFolder();
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}",
            "--Payloads:InlineLimit=32");

        var drawn = await worker.Answer(Messages.Image with { Count = 3, OutputFormat = "jpeg" });

        Assert.Equal(["image-1.jpeg", "image-2.jpeg", "image-3.jpeg"],
            drawn.Images!.Select(image => image.File!.Payload!.FileName));
        Assert.Equal(3, folder.Files.Count);
        Assert.All(drawn.Images!,
            image => Assert.Equal(("image/jpeg", null), (image.File!.Payload!.ContentType, image.File.Base64)));
    }
}
