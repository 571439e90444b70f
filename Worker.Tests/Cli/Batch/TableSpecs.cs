using System.Text;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class TableSpecs : IDisposable
{
    readonly BatchScene scene = new();

    static BatchOptions Translated(BatchOptions given) =>
        given with { Defaults = LineDefaults.Of(null, "m", null, "Translate {{it}} to {to}: {text}", []) };

    [Fact]
    public async Task A_row_is_a_job_and_its_cells_go_on_to_the_output()
    {
        Given("id,text,to\r\n7,\"He said \"\"hi\"\",\r\nand left\",French\r\n8,Bye,\"German, Swiss\"\r\n");

        await scene.Run(new FakeClient(), Translated);

        Assert.Equal(["yesTranslate {it} to French: He said \"hi\",\r\nand left",
            "yesTranslate {it} to German, Swiss: Bye"],
                scene.Endings.Select(ending => ending.GetProperty("text").GetString()).Order());
        Assert.Equal(["7", "8"], scene.Endings.Select(ending =>
            ending.GetProperty("input").GetProperty("id").GetString()).Order());
    }

    [Fact]
    public async Task A_table_is_answered_as_a_table_and_gone_on_with()
    {
        scene.Output = Path.Combine(scene.Folder, "answers.csv");
        Given("text,to,answer\n\"a\nb\",French,x\nc,German,y\nd\n");

        await scene.Run(new FakeClient(), Translated);
        await Tear();
        var second = new FakeClient();
        await scene.Run(second, Translated);

        // The torn row belonged to the bad line, which is answered and not sent.
        Assert.Empty(second.Sent);
        Assert.Equal((1, 2), (scene.Counts.Failed, scene.Counts.Skipped));
        Assert.StartsWith(
            "jobId,line,ending,answer,text,to,input.answer,code,message,model,attempts,inputTokens,outputTokens,cost,"
                + "hash\r\n", File.ReadAllText(scene.Output));
        Assert.Equal(4, OpenAIWorker.Cli.Batch.Output.Records.Of(new MemoryStream(File.ReadAllBytes(scene.Output)),
            isTable: true).Count());
        Assert.Contains(",failed,,d,,,invalid_request,\"The row has 1 cells", File.ReadAllText(scene.Output));
        Assert.Contains("0.001", File.ReadAllText(scene.Output));
    }

    [Theory]
    [InlineData("text;to\na;b\n", "yesTranslate {it} to b: a")]
    [InlineData("text\tto\na\tb\n", "yesTranslate {it} to b: a")]
    [InlineData("\uFEFFtext,to\na,b\n", "yesTranslate {it} to b: a")]
    [InlineData("sep=;\r\ntext;to\r\na;b\r\n", "yesTranslate {it} to b: a")]
    [InlineData("text,to\ra,b\r", "yesTranslate {it} to b: a")]
    public async Task Semicolons_tabs_and_marks_are_understood(string table, string answer)
    {
        Given(table);

        await scene.Run(new FakeClient(), Translated);

        Assert.Equal(answer, Assert.Single(scene.Endings).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("name,to\na,b\n", "{text}, but there is no such column. There are: name, to")]
    [InlineData("text,to,to\na,b,c\n", "two columns 'to'")]
    [InlineData("", "The table is empty")]
    [InlineData("t\0e\0x\0t\0,\0t\0o\0\n", "zero bytes in its header: it is UTF-16 without a byte order mark")]
    [InlineData("text,to\na,b\nc,\"d\ne,f\n", "a quote that opens a cell is never closed")]
    public async Task A_table_that_does_not_fit_sends_nothing(string table, string says)
    {
        Given(table);
        var client = new FakeClient();

        Assert.Contains(says, (await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Run(client, Translated))).Message);
        Assert.Empty(client.Sent);
    }

    [Fact]
    public async Task A_table_that_is_no_UTF8_is_a_sentence()
    {
        scene.Input = Path.Combine(scene.Folder, "table.csv");
        File.WriteAllBytes(scene.Input, Encoding.Latin1.GetBytes("text,to\ncafé,b\n"));

        Assert.Contains("UTF-8", (
            await Assert.ThrowsAsync<SettingsException>(() => scene.Run(new FakeClient(), Translated))).Message);
    }

    [Fact]
    public async Task Lines_get_what_they_do_not_say()
    {
        var defaults = LineDefaults.Of(null, "m", "Be brief", "Say {word}",
            ["temperature=0", "metadata={\"a\":\"b\"}"]);
        var client = new KeepingClient();

        await scene.Given("""{"word":"one","jobId":"1"}""",
            """{"jobId":"2","word":"two","model":"n","temperature":1,"messages":[{"text":"mine"}]}""")
                .Run(client, given => given with { Defaults = defaults });

        Assert.Equal(["m Be brief Say one 0 b", "n Be brief mine 1 b"],
            client.Messages.Select(job =>
                FormattableString.Invariant(
                    $"{job.Model} {job.Instructions} {job.Messages![0].Text} {job.Temperature} {job.Metadata!["a"]}"))
                        .Order());
    }

    [Fact]
    public async Task A_line_of_OpenAIs_own_takes_a_model_and_no_prompt()
    {
        scene.Given("""{"custom_id":"a","url":"/v1/chat/completions","body":{"messages":[]}}""");

        await scene.Run(new FakeClient(),
            given => given with { Defaults = LineDefaults.Of(null, "bad", null, null, []) });
        Assert.Equal(400, Assert.Single(scene.Endings).GetProperty("response").GetProperty("status_code").GetInt32());

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(new FakeClient(), Translated));
        Assert.Contains("--prompt", refusal.Message);
    }

    void Given(string table)
    {
        scene.Input = Path.Combine(scene.Folder, "table.csv");
        File.WriteAllText(scene.Input, table);
    }

    async Task Tear()
    {
        await using var file = File.OpenWrite(scene.Output);
        file.SetLength(file.Length - 20);
    }

    public void Dispose() => scene.Dispose();
}
