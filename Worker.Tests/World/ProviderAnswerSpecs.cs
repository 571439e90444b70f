using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>Paid answers in the forms of many providers: each reaches its sender.</summary>
public sealed class ProviderAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    static readonly (string Name, string Body, JobRequest Job, string Right)[] Table =
        [.. ChatAnswers.Rows, .. OtherAnswers.Rows];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_paid_for_arrives(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-'), ProviderSocket.Http(200, "application/json", Table[row].Body),
            Table[row].Job, Table[row].Right));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Bytes_that_are_no_UTF_8_become_the_replacement_character(bool raw) => scene.Try(new(
        "bytes", ProviderSocket.Http(200, "application/json",
            [.. """{"choices":[{"message":{"content":"a"""u8, 0xFF, .. "\"}}]}"u8]), Chat with { Simplify = !raw },
        raw ? """{"raw":{"choices":[{"message":{"content":"a\ufffd"}}]}}""" : """{"text":"a\ufffd"}"""));

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public Task A_body_is_read_in_the_charset_that_its_type_names(string charset) => scene.Try(new(
        charset, ProviderSocket.Http(200, $"application/json; charset={charset}",
            Encoding.GetEncoding(charset).GetBytes(Choice("""{"content":"Grüße"}"""))), Chat, """{"text":"Grüße"}"""));

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public Task A_transcript_too(string charset) => scene.Try(new(
        $"transcript-{charset}", ProviderSocket.Http(200, $"text/plain; charset={charset}",
            Encoding.GetEncoding(charset).GetBytes("Viele Grüße")),
                Messages.Transcription with { ResponseFormat = "text" }, """{"text":"Viele Grüße"}"""));

    [Fact]
    public Task Utf_16_is_read_by_its_mark() => scene.Try(new(
        "utf16", ProviderSocket.Http(200, "application/json",
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Choice("""{"content":"ok"}"""))]), Chat,
                """{"text":"ok"}"""));

    [Fact]
    public Task Json_that_is_called_a_text_is_read() =>
        scene.Try(new("plain", ProviderSocket.Http(200, "text/plain", Choice("""{"content":"ok"}""")), Chat,
            """{"text":"ok"}"""));

    [Fact]
    public Task An_answer_that_was_cut_is_tried_again() => scene.Try(new(
        "cut", ProviderSocket.Http(200, "application/json", """{"choices":[{"message":{"content":"o"""), Chat,
        """{"code":"broken_answer","kind":"transient"}"""));

    [Fact]
    public async Task An_approval_is_answered_by_the_job_that_goes_on()
    {
        var job = Guid.NewGuid().ToString();
        scene.Provider.Answer(job,
            _ =>
                ProviderSocket.Http(200, "application/json",
                    Response("""{"type":"message","content":[{"type":"output_text","text":"Done."}]}""")));

        Right.Check(JsonElement.Parse("""{"text":"Done."}"""), await scene.Worker.End(new MessageModel
        {
            JobId = job,
            Model = "m",
            PreviousResponseId = "resp_1",
            Messages = [new() { Approvals = [new() { Id = "mcpr_1", Approve = true },
                new() { Id = "mcpr_2", Reason = "Too dear." }] }],
        }), "ending");

        JsonAssert.Same(
            """{"model":"m","previous_response_id":"resp_1","input":"""
                + """[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},"""
                + """{"type":"mcp_approval_response","approval_request_id":"mcpr_2","approve":false,"reason":"Too """
                + """dear."}]}""",
            JsonElement.Parse(Assert.Single(scene.Provider.Of(job)).Body));
    }

    [Fact]
    public async Task An_assistant_asks_for_approval_and_hears_the_answer_in_its_thread()
    {
        var job = Guid.NewGuid().ToString();
        await scene.Worker.Answer(Messages.Ada with { Name = job });
        scene.Provider.Answer(job,
            call => ProviderSocket.Http(200, "application/json", call.Line.Contains("/items", StringComparison.Ordinal)
            ? """{"object":"list","data":[]}"""
            : Response(
                """{"type":"mcp_approval_request","id":"mcpr_2","server_label":"s","name":"t","arguments":"{}"}""")));

        var ending = await scene.Worker.End(new MessageAssistant
        {
            JobId = job,
            AssistantName = job,
            ThreadId = "conv_1",
            Approvals = [new() { Id = "mcpr_1", Approve = true }],
        });

        Right.Check(JsonElement.Parse(
            """{"ending":"completed","finishReason":"tool_calls","mcpApprovals":[{"id":"mcpr_2"}]}"""), ending,
                "ending");
        var sent = JsonElement.Parse(scene.Provider.Of(job)[^1].Body);
        JsonAssert.Same("""[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}]""",
            sent.GetProperty("input"));
        Assert.Equal("conv_1", sent.GetProperty("conversation").GetString());
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task Files_of_the_code_interpreter_come_along_and_cost_no_answer_where_they_do_not(int status,
        bool comes)
    {
        var job = Guid.NewGuid().ToString();
        scene.Provider.Answer(job,
            call => call.Line.StartsWith("GET /v1/containers/cntr_1/files/cfile_1/content ", StringComparison.Ordinal)
            ? ProviderSocket.Http(status, "text/csv", "a,b")
            : ProviderSocket.Http(200, "application/json",
                Response(
                    """{"type":"message","content":[{"type":"output_text","text":"Here.","annotations":"""
                        + """[{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filen"""
                        + """ame":"../t.csv"},{"type":"container_file_citation"}]}]}""")));

        var ending = await scene.Worker.End(Responses with { JobId = job, Model = job });

        Right.Check(JsonElement.Parse(
            """{"ending":"completed","text":"Here.","attempts":1,"annotations":[{"file_id":"cfile_1"},{}]}"""), ending,
                "ending");
        Right.Check(JsonElement.Parse(comes
            ? """[{"fileName":"t.csv","contentType":"text/csv","base64":"YSxi"}]"""
            : "null"), ending.TryGetProperty("files", out var files) ? files : default, "files");
        Assert.Single(scene.Provider.Of(job), call => call.Line.StartsWith("POST", StringComparison.Ordinal));
    }
}
