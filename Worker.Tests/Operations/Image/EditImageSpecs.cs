using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Image;

public class EditImageSpecs
{
    [Fact]
    public async Task Model_prompt_and_image_are_all_that_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(Messages.Edit);

        JsonAssert.Same($$"""{"model":"gpt-image-2","prompt":"A hat","image":{{OneByteFile.Json("cat.png", "image/png")}}}""",
            worker.OnlyCall.Body);
        Assert.Equal(("POST", "/v1/images/edits"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Equal(("image/png", "image-1.png"),
            (Assert.Single(drawn.Images!).File!.ContentType, drawn.Images![0].File!.FileName));
        Assert.Equal((1, 766), (drawn.Usage!.Images!.Value, drawn.Usage.InputTokens));
        Assert.StartsWith("req_", drawn.RequestId);
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(Messages.Edit with
        {
            Images = [Messages.Picture, Messages.Picture with { FileName = "hut, \"gelb\".jpg" },
                new() { Base64 = "eA==", ContentType = "image/webp" }],
            Mask = new() { Base64 = "eA==" },
            Count = 2,
            Quality = "low",
            Size = "auto",
            InputFidelity = "high",
            Background = "opaque",
            OutputFormat = "jpeg",
            Compression = 70,
        });

        JsonAssert.Same($$"""
            {"model":"gpt-image-2","prompt":"A hat","n":"2","quality":"low","size":"auto","input_fidelity":"high","background":"opaque","output_format":"jpeg",
             "output_compression":"70","image":[{{OneByteFile.Json("cat.png", "image/png")}},{{OneByteFile.Json("hut, %22gelb%22.jpg", "image/jpeg")}},{{OneByteFile.Json("file.webp", "image/webp")}}],
             "mask":{{OneByteFile.Json("file", "image/png")}}}
            """, worker.OnlyCall.Body);
        Assert.Equal(["image-1.jpeg", "image-2.jpeg"], drawn.Images!.Select(image => image.File!.FileName));
    }

    [Theory, InlineData(null, "b64_json"), InlineData(true, "url")]
    public async Task Older_model_is_told_how_to_answer(bool? urls, string format)
    {
        await using var worker = await EmbeddedWorker.Start();

        var drawn = await worker.Answer(Messages.Edit with { Model = "dall-e-2", RespondWithUrls = urls });

        Assert.Equal(format, worker.OnlyCall.Body.GetProperty("response_format").GetString());
        Assert.Equal(urls is true, drawn.Images![0].Url is not null);
    }

    [Fact]
    public async Task Images_are_streamed_from_the_store()
    {
        using var folder = new PayloadFolder();
        var payload = await folder.Fill(1_000_003);
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}");

        await worker.Answer(Messages.Edit with
        {
            Images = [new() { Payload = payload, FileName = "cat.png" },
                new() { Payload = payload, FileName = "hat.png" }]
        });

        Assert.All(worker.OnlyCall.Body.GetProperty("image").EnumerateArray(),
            image => Assert.Equal(payload.Sha256, image.GetProperty("sha256").GetString()));
        Assert.Equal($"{worker.OnlyCall.BodyLength}", worker.OnlyCall.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Image_that_is_gone_is_named()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(
            Messages.Edit with { Images = [Messages.Picture, new() { Payload = new() { Id = "p-81" } }] });

        Assert.Equal((FailureCodes.NotFound, "images[1].payload"), (failure.Code, failure.Member));
        Assert.Empty(worker.Emulator.Calls);
    }
}
