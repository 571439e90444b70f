using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Answers with images, vectors, verdicts, sound and transcripts in forms beyond the document: everything that is paid
/// for reaches its sender.
/// </summary>
public sealed class MadeAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Json = "application/json";
    const string Usage = """ "usage":{"input_tokens":11,"output_tokens":7,"total_tokens":18} """;

    static readonly string Png = Convert.ToBase64String([0x89, (byte)'P', (byte)'N', (byte)'G', 1]);
    static readonly string Jpeg = Convert.ToBase64String([0xFF, 0xD8, 0xFF, 0xE0, 1]);
    static readonly byte[] Mp3 = [.. "ID3\u0004"u8, .. new byte[23]];
    static readonly string Hex = Convert.ToHexStringLower(Mp3);
    static readonly GenerateImage Image = Messages.Image with { Count = 2 };
    static readonly CreateEmbeddings Vectors = Messages.Embeddings;
    static readonly CreateEmbeddings Packed = Messages.Embeddings with { Encoding = "base64" };
    static readonly TranscribeAudio Verbose = Messages.Transcription with { ResponseFormat = "verbose_json" };
    static readonly TranscribeAudio Subtitles = Messages.Transcription with { ResponseFormat = "srt" };

    static readonly (string Name, JobRequest Job, string Type, string Body, string Right)[] Table =
    [
        ("one image held back", Image, Json,
            $$$"""{"data":[{"b64_json":"{{{Png}}}"},{"error":{"code":"content_filter","message":"held back"}}],{{{Usage}}}}""",
            """{"ending":"completed","images":[{"file":{"fileName":"image-1.png"}}],"otherOutput":[{"error":"""
                + """{"message":"held back"}}],"usage":{"images":1,"totalTokens":18}}"""),
        ("one image null", Messages.Edit with { Count = 2 }, Json,
            $$$"""{"data":[{"b64_json":null},{"b64_json":"{{{Png}}}"}]}""",
            """{"ending":"completed","images":[{"file":{"length":5}}],"otherOutput":[{}]}"""),
        ("all held back", Image, Json, """{"data":[{"error":{"code":"content_filter","message":"held back"}}]}""",
            """{"code":"content_policy","kind":"permanent","remedy":"sender"}"""),
        ("nothing, billed", Image, Json, $$$"""{"data":[{"b64_json":null}],{{{Usage}}}}""",
            """{"code":"broken_answer","kind":"permanent","usage":{"totalTokens":18}}"""),
        ("without padding", Image, Json, $$$"""{"data":[{"b64_json":"{{{Png.TrimEnd('=')}}}"}]}""",
            """{"images":[{"file":{"length":5}}]}"""),
        ("for URLs", Image, Json,
            $$$"""{"data":[{"b64_json":"{{{Jpeg.TrimEnd('=').Replace('/', '_').Replace('+', '-')}}}"}]}""",
            """{"images":[{"file":{"length":5}}]}"""),
        ("a JPEG unnamed", Image, Json, $$$"""{"data":[{"b64_json":"{{{Jpeg}}}"}]}""",
            """{"images":[{"file":{"fileName":"image-1.jpg","contentType":"image/jpeg"}}]}"""),
        ("a format that is a path", Image, Json, $$$"""{"output_format":"../../x","data":[{"b64_json":"eHg="}]}""",
            """{"images":[{"file":{"fileName":"image-1.png","contentType":"image/png"}}]}"""),
        ("an image as bytes", Image, "application/octet-stream", "BM\0\0xx",
            """{"images":[{"file":{"fileName":"image-1.bmp","contentType":"image/bmp","length":6}}]}"""),
        ("an image as bytes without a known kind", Image, "image/avif", "\0\0\0\u0018ftypavif",
            """{"images":[{"file":{"contentType":"image/avif","length":12}}]}"""),
        ("images of the type of one", Image, "image/png", $$$"""{"data":[{"b64_json":"{{{Png}}}"}]}""",
            """{"images":[{"file":{"length":5}}]}"""),
        ("a page as an image", Image, "image/png", "<!DOCTYPE html><html><body>Login</body></html>",
            """{"code":"broken_answer","kind":"permanent"}"""),
        ("a page in base64", Image, Json, """{"data":[{"b64_json":"PGh0bWw+ZXJyb3I8L2h0bWw+"}]}""",
            """{"code":"broken_answer","images":null}"""),
        ("the word null for an image", Image, Json, """{"data":[{"b64_json":"null"}]}""",
            """{"code":"broken_answer","images":null}"""),
        ("nothing beside an address", Image, Json, """{"data":[{"b64_json":"","url":"https://example.com/a.png"}]}""",
            """{"images":[{"url":"https://example.com/a.png","file":null}]}"""),

        ("base64 for numbers", Vectors, Json, """{"data":[{"embedding":"AACAPwAAAEA="}]}""",
            """{"embeddings":[{"vector":[1,2],"base64":null}]}"""),
        ("numbers for base64", Packed, Json, """{"data":[{"embedding":[1,2]}]}""",
            """{"embeddings":[{"base64":"AACAPwAAAEA=","vector":null}]}"""),
        ("base64 for base64", Packed, Json, """{"data":[{"embedding":"AACAPwAAAEA="}]}""",
            """{"embeddings":[{"base64":"AACAPwAAAEA="}]}"""),
        ("numbers as texts", Vectors, Json, """{"data":[{"embedding":["0.5","1"]}]}""",
            """{"embeddings":[{"vector":[0.5,1]}]}"""),
        ("rubbish", Packed, Json, """{"data":[{"embedding":"!!"}]}""", """{"code":"broken_answer"}"""),
        ("five bytes", Packed, Json, """{"data":[{"embedding":"AAAAAAA="}]}""", """{"code":"broken_answer"}"""),
        ("an empty vector", Vectors, Json, """{"data":[{"embedding":[]}]}""", """{"code":"broken_answer"}"""),

        ("a verdict too few", new ClassifyText { Texts = ["a", "b"] }, Json, """{"results":[{"flagged":false}]}""",
            """{"code":"broken_answer","message":"~1 verdicts for 2 texts"}"""),
        ("verdicts of Mistral", new ClassifyText { Text = "a" }, Json,
            """{"results":[{"categories":{"sexual":false,"pii":true},"category_scores":{"pii":0.9}}]}""",
            """{"flagged":true,"results":[{"flagged":true}]}"""),
        ("no verdict", new ClassifyText { Text = "a" }, Json, """{"results":[{}]}""", """{"code":"broken_answer"}"""),

        ("deleted", new DeleteFile { FileId = "file-1" }, Json, "",
            """{"ending":"completed","fileId":"file-1","deleted":null}"""),
        ("deleted conversation", new DeleteConversation { ConversationId = "conv_1" }, "text/plain", " ",
            """{"ending":"completed","conversationId":"conv_1"}"""),
        ("uploaded", Messages.Upload, Json, """{"id":42,"object":"file"}""", """{"file":{"id":"42"}}"""),

        ("page as sound", Messages.Speech, "audio/mpeg", "<!DOCTYPE html><html><body>Login</body></html>",
            """{"code":"broken_answer","kind":"permanent"}"""),
        ("error as sound", Messages.Speech, "audio/mpeg",
            """{"error":{"message":"The model `m` does not exist","code":"model_not_found"}}""",
            """{"code":"model_not_found"}"""),
        ("sound as JSON", Messages.Speech, Json, "ID3\u0004\0\0x",
            """{"audio":{"contentType":"audio/mpeg","length":7}}"""),
        ("sound as text", Messages.Speech, "text/plain", "ID3\u0004\0\0x",
            """{"audio":{"contentType":"audio/mpeg"}}"""),
        ("sound in hexadecimal", Messages.Speech, Json, $$$"""{"data":{"audio":"{{{Hex}}}","status":2},"base_resp":{"status_code":0}}""",
            """{"audio":{"contentType":"audio/mpeg","fileName":"speech.mp3","length":27}}"""),
        ("sound in base64", Messages.Speech, Json, $$"""{"audioContent":"{{Convert.ToBase64String(Mp3)}}"}""",
            """{"audio":{"contentType":"audio/mpeg","length":27}}"""),
        ("sound in a list", Messages.Speech, Json, $$"""{"audios":["{{Convert.ToBase64String(Mp3)}}"]}""",
            """{"audio":{"contentType":"audio/mpeg","length":27}}"""),
        ("a word for sound", Messages.Speech, Json, """{"id":"t_1","result":"success"}""",
            """{"code":"broken_answer","audio":null,"error":{"body":{"id":"t_1"}}}"""),
        ("an address for sound", Messages.Speech, Json, """{"data":{"audio":"https://example.com/a.mp3"}}""",
            """{"code":"broken_answer","error":{"body":{"data":{"audio":"~example.com"}}}}"""),
        ("a sentence for sound", Messages.Speech, "audio/mpeg", "upstream connect error or disconnect",
            """{"code":"broken_answer","audio":null,"message":"~upstream connect error"}"""),
        ("sound in several lines", Messages.Speech, "application/x-ndjson",
            $$"""{"audio":"{{Convert.ToBase64String(Mp3)}}"}{{'\n'}}{"audio":"{{Convert.ToBase64String(Mp3)}}"}""",
            """{"code":"broken_answer","audio":null}"""),
        ("bare sound", Messages.Speech with { ResponseFormat = "pcm" }, "audio/pcm", "{1234",
            """{"audio":{"length":5}}"""),

        ("a plural", Subtitles, "text/plain", "data: is plural", """{"text":"data: is plural"}"""),
        ("a transcript in several lines", Messages.Transcription, Json, "{\"text\":\"a\"}\n{\"text\":\"b\"}",
            """{"code":"broken_answer","text":"~b"}"""),
        ("words by text", Verbose, Json, """{"text":"hi","words":[{"text":"hi","start":0,"end":1}]}""",
            """{"words":[{"text":"hi"}]}"""),
        ("words in segments", Verbose, Json,
            """{"text":"hi","segments":[{"text":"hi","speaker":1,"words":[{"word":"hi","start":0,"end":1}]}]}""",
            """{"words":[{"text":"hi"}],"speakers":["1"],"segments":[{"speaker":"1"}]}"""),
        ("tokens in the singular", Messages.Transcription, Json,
            """{"text":"hi","usage":{"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":"""
                + """4,"audio_tokens":10},"output_tokens":3,"total_tokens":17}}""",
                """{"usage":{"inputTextTokens":4,"inputAudioTokens":10}}"""),
    ];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_made_ends_right(int row, string name) => scene.Try(new(
        name.Replace(' ', '-').Replace(",", ""),
        ProviderSocket.Http(200, Table[row].Type, Encoding.UTF8.GetBytes(Table[row].Body)), Table[row].Job,
        Table[row].Right));

    [Fact]
    public Task A_deletion_may_be_told_by_its_status_alone() => scene.Try(new(
        "no-content", ProviderSocket.Http(204, null, ""), new DeleteFile { FileId = "file-1" },
        """{"ending":"completed","fileId":"file-1","deleted":null}"""));

    [Theory]
    [InlineData("text/html", "<!DOCTYPE html><html><body>Login</body></html>", "null")]
    [InlineData(Json, """{"error":{"message":"gone"}}""", "null")]
    [InlineData("text/html", "a;b", "null")]
    [InlineData("text/csv", "a;b", """[{"fileName":"a.csv","length":3}]""")]
    [InlineData(Json, "[1]", """[{"fileName":"a.csv","length":3}]""")]
    public async Task A_page_or_an_error_is_no_cited_file(string type, string body, string files)
    {
        const string answer = """
            {"id":"resp_1","object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"See a.csv",
            "annotations":[{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filename":"a.csv"}]}]}]}
            """;
        var job = $"cited-{Guid.NewGuid():N}";
        scene.Provider.Answer(job, call => call.Line.Contains("/content", StringComparison.Ordinal)
            ? ProviderSocket.Http(200, type, body)
            : ProviderSocket.Http(200, Json, answer));

        var ending = await scene.Worker.End(Messages.Smallest with { JobId = job, Model = job });

        Right.Check(System.Text.Json.JsonElement.Parse(
            $$"""{"ending":"completed","text":"See a.csv","files":{{files}}}"""), ending, job);
    }
}
