using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Text;

public class ClassifyTextSpecs
{
    [Fact]
    public async Task One_text_gets_one_verdict()
    {
        await using var worker = await EmbeddedWorker.Start();

        var verdict = await worker.Answer(new ClassifyText { Text = "I will attack you" });

        JsonAssert.Same("""{"input":["I will attack you"]}""", worker.OnlyCall.Body);
        var result = Assert.Single(verdict.Results!);
        Assert.True(verdict.Flagged);
        Assert.True(result.Categories["violence"]);
        Assert.InRange(result.CategoryScores["violence"], 0.5, 1);
    }

    [Fact]
    public async Task Several_texts_get_a_verdict_each_in_their_order()
    {
        await using var worker = await EmbeddedWorker.Start();

        var verdict = await worker.Answer(new ClassifyText { Texts = ["nice", "I hate you", "nice"], Model = "mod-1" });

        JsonAssert.Same("""{"model":"mod-1","input":["nice","I hate you","nice"]}""", worker.OnlyCall.Body);
        Assert.Equal([false, true, false], verdict.Results!.Select(result => result.Flagged));
    }

    [Fact]
    public async Task Text_and_images_are_judged_together()
    {
        await using var worker = await EmbeddedWorker.Start();

        var verdict = await worker.Answer(new ClassifyText
        {
            Text = "nice",
            Images = [new() { Url = "https://example.com/a.png" }, new() { Base64 = "AAAA" }]
        });

        JsonAssert.Same(
            """{"input":[{"type":"text","text":"nice"},{"type":"image_url","image_url":{"url":"https:"""
                + """//example.com/a.png"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}""",
                worker.OnlyCall.Body);
        Assert.Single(verdict.Results!);
    }

    [Fact]
    public async Task The_stable_model_is_a_name()
    {
        await using var worker = await EmbeddedWorker.Start();

        var verdict = await worker.Answer(new ClassifyText { Text = "nice", UseStableModel = true });

        Assert.Equal("text-moderation-stable", verdict.Model);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var verdict = await worker.Answer(new ClassifyText { Text = "nice", Simplify = false });

        Assert.Equal(1, verdict.Raw!.Value.GetProperty("results").GetArrayLength());
        Assert.Null(verdict.Results);
    }
}
