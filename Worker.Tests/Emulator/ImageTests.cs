using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OpenAIWorker.Tests.Emulator;

public sealed class ImageTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string Generations = "/v1/images/generations";
    const string Edits = "/v1/images/edits";

    [Fact]
    public async Task Picture_is_a_PNG_of_one_pixel()
    {
        var png = (await Draw("\"prompt\":\"A cat\"")).Json.GetProperty("data")[0].GetProperty("b64_json")
            .GetBytesFromBase64();

        Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(png[..8]));
        Assert.Equal((1, 1), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        using var pixels = new ZLibStream(new MemoryStream(png, 41, png.Length - 41), CompressionMode.Decompress);
        var line = new byte[4];
        await pixels.ReadExactlyAsync(line, TestContext.Current.CancellationToken);
        Assert.Equal([0, 0x1E, 0x90, 0xFF], line);
        // The end of every PNG, its checksum included.
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));
    }

    [Theory]
    [InlineData("jpeg", "FFD8FF", "FFD9")]
    [InlineData("webp", "52494646", "00")]
    public async Task Picture_has_the_format_that_was_asked_for(string format, string start, string end)
    {
        var json = (await Draw($"\"prompt\":\"A cat\",\"output_format\":\"{format}\",\"n\":2")).Json;

        Assert.Equal((2, format),
            (json.GetProperty("data").GetArrayLength(), json.GetProperty("output_format").GetString()));
        var bytes = Convert.ToHexString(json.GetProperty("data")[1].GetProperty("b64_json").GetBytesFromBase64());
        Assert.StartsWith(start, bytes, StringComparison.Ordinal);
        Assert.EndsWith(end, bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_model_gives_an_address_where_the_picture_is()
    {
        var json = (await Draw("\"model\":\"dall-e-2\",\"prompt\":\"A cat\"")).Json;

        var picture = await shared.Driver.Get(json.GetProperty("data")[0].GetProperty("url").GetString()!);

        Assert.Equal((200, "image/png"), (picture.Status, picture.Headers["Content-Type"]));
        Assert.False(json.TryGetProperty("usage", out _));
    }

    [Theory]
    [InlineData("", "missing_required_parameter", "prompt")]
    [InlineData("\"prompt\":\"\"", "empty_string", "prompt")]
    [InlineData("\"prompt\":\"A cat\",\"n\":11", "integer_above_max_value", "n")]
    [InlineData("\"prompt\":\"A cat\",\"size\":\"large\"", "invalid_value", "size")]
    [InlineData("\"prompt\":\"A cat\",\"quality\":\"hd\"", "invalid_value", "quality")]
    [InlineData("\"prompt\":\"A cat\",\"response_format\":\"url\"", "unknown_parameter", "response_format")]
    [InlineData("\"prompt\":\"A cat\",\"style\":\"vivid\"", "unknown_parameter", "style")]
    [InlineData("\"prompt\":\"A cat\",\"stream\":true", "unsupported_value", "stream")]
    [InlineData("\"prompt\":\"A cat\",\"output_compression\":50", "invalid_value", "output_compression")]
    [InlineData("\"prompt\":\"A cat\",\"background\":\"transparent\",\"output_format\":\"jpeg\"", "invalid_value",
        "background")]
    [InlineData("\"prompt\":\"A cat\",\"model\":\"dall-e-3\",\"n\":2", "integer_above_max_value", "n")]
    [InlineData("\"prompt\":\"A cat\",\"model\":\"dall-e-3\",\"background\":\"opaque\"", "unknown_parameter",
        "background")]
    [InlineData("\"prompt\":\"A cat\",\"model\":\"dall-e-2\",\"style\":\"vivid\"", "unknown_parameter", "style")]
    [InlineData("\"prompt\":\"A cat\",\"model\":\"dall-e-2\",\"size\":\"1792x1024\"", "invalid_value", "size")]
    public async Task Request_outside_its_table_is_refused(string fields, string code, string param)
    {
        var answer = await Draw(fields);

        Assert.Equal((400, code, param), (answer.Status, answer.Code, answer.Param));
    }

    [Theory]
    [InlineData("dall-e-2", 1_000)]
    [InlineData("dall-e-3", 4_000)]
    [InlineData("gpt-image-2", 32_000)]
    public async Task Prompt_is_as_long_as_its_model_takes(string model, int most)
    {
        Assert.Equal(200, (await Draw($"\"model\":\"{model}\",\"prompt\":\"{new string('x', most)}\"")).Status);
        Assert.Equal("string_above_max_length",
            (await Draw($"\"model\":\"{model}\",\"prompt\":\"{new string('x', most + 1)}\"")).Code);
    }

    [Theory]
    [InlineData("prompt=A hat", "image:cat.gif", "unsupported_file_mimetype", "image")]
    [InlineData("prompt=A hat", "image:cat.png mask:mask.jpg", "unsupported_file_mimetype", "mask")]
    [InlineData("prompt=A hat", "", "missing_required_parameter", "image")]
    [InlineData("prompt=A hat&n=11", "image:cat.png", "integer_above_max_value", "n")]
    [InlineData("prompt=A hat&moderation=low", "image:cat.png", "unknown_parameter", "moderation")]
    [InlineData("prompt=A hat&output_compression=50", "image:cat.png", "invalid_value", "output_compression")]
    [InlineData("prompt=A hat&model=dall-e-3", "image:cat.png", "invalid_value", "model")]
    [InlineData("prompt=A hat&model=dall-e-2", "image[]:cat.png image[]:hat.png", "invalid_type", "image")]
    [InlineData("prompt=A hat&model=dall-e-2&quality=low", "image:cat.png", "unknown_parameter", "quality")]
    public async Task Form_outside_its_table_is_refused(string fields, string files, string code, string param)
    {
        var answer = await Edit(fields, files);

        Assert.Equal((400, code, param), (answer.Status, answer.Code, answer.Param));
    }

    [Theory]
    [InlineData(16, 200, null)]
    [InlineData(17, 400, "array_above_max_length")]
    public async Task Sixteen_pictures_are_edited_together(int count, int status, string? code)
    {
        var answer = await Edit("prompt=A hat", string.Join(' ', Enumerable.Repeat("image[]:cat.png", count)));

        Assert.Equal((status, code), (answer.Status, answer.Status == 200 ? null : answer.Code));
    }

    Task<Answered> Draw(string fields) => shared.Driver.Post(Generations, $$"""{{{fields}}}""");

    async Task<Answered> Edit(string fields, string files)
    {
        using var form = Forms.Of(fields,
            [.. files.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(file => (file.Split(':')[0], file.Split(':')[1]))]);
        foreach (var file in form.Where(part => part.Headers.ContentDisposition!.FileName is not null))
        {
            var ending = Path.GetExtension(file.Headers.ContentDisposition!.FileName!.Trim('"'))[1..];
            file.Headers.ContentType = new($"image/{ending.Replace("jpg", "jpeg", StringComparison.Ordinal)}");
        }
        return await shared.Driver.Post(Edits, form);
    }
}
