using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Image;

public class AnalyzeImageSpecs
{
    [Fact]
    public async Task A_question_and_an_image_are_all_that_is_needed()
    {
        await using var worker = await EmbeddedWorker.Start();

        var analyzed = await worker.Answer(Messages.Analysis);

        JsonAssert.Same(
            """{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"What is it?"},"""
                + """{"type":"input_image","image_url":"https:"""
                + """//example.com/a.png","detail":"auto"}]}],"max_output_tokens":300}""", worker.OnlyCall.Body);
        Assert.NotEmpty(analyzed.Text!);
        Assert.Equal(("m", "stop"), (analyzed.Model, analyzed.FinishReason));
        Assert.True(analyzed.Usage!.InputTokens > 700);
    }

    [Fact]
    public async Task Several_images_come_in_every_way_and_the_detail_is_of_those_that_do_not_say()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Analysis with
        {
            Images = [new() { FileId = "file-1" },
                new() { Base64 = "AAAA", ContentType = "image/webp", Detail = "high" }],
            Detail = "low",
            MaxTokens = 50,
        });

        JsonAssert.Same(
            """[{"type":"input_text","text":"What is it?"},"""
                + """{"type":"input_image","file_id":"file-1","detail":"low"},"""
                + """{"type":"input_image","image_url":"data:image/webp;base64,AAAA","detail":"high"}]""",
            worker.OnlyCall.Body.GetProperty("input")[0].GetProperty("content"));
        Assert.Equal(50, worker.OnlyCall.Body.GetProperty("max_output_tokens").GetInt32());
    }

    [Fact]
    public async Task Providers_with_chat_completions_only_are_asked_that_way()
    {
        await using var worker = await EmbeddedWorker.Start("--OpenAI:Credentials:default:Api=ChatCompletions");

        var analyzed = await worker.Answer(Messages.Analysis);

        Assert.Equal("/v1/chat/completions", worker.OnlyCall.Path);
        Assert.NotEmpty(analyzed.Text!);
    }

    [Fact]
    public async Task File_ids_are_refused_by_name_where_the_credential_prefers_chat_completions()
    {
        await using var worker = await EmbeddedWorker.Start("--OpenAI:Credentials:default:Api=ChatCompletions");

        Assert.Equal("images[0].fileId",
            (await worker.Failure(Messages.Analysis with { Images = [new() { FileId = "file-1" }] })).Member);
    }

    [Fact]
    public async Task An_answer_cut_at_the_limit_is_a_result_that_says_so()
    {
        await using var worker = await EmbeddedWorker.Start();

        var analyzed = await worker.Answer(
            Messages.Analysis with { MaxTokens = 16, Text = string.Concat(Enumerable.Repeat("What is it? ", 50)) });

        Assert.Equal("length", analyzed.FinishReason);
        Assert.NotEmpty(analyzed.Text!);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var analyzed = await worker.Answer(Messages.Analysis with { Simplify = false });

        Assert.Equal("response", analyzed.Raw!.Value.GetProperty("object").GetString());
        Assert.Null(analyzed.Text);
    }
}
