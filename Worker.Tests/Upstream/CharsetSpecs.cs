using System.Text;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

public sealed class CharsetSpecs
{
    const string Said = """{"text":"Grüße"}""";

    [Theory]
    [InlineData("iso-8859-1", "application/json; charset=iso-8859-1")]
    [InlineData("iso-8859-1", "application/json; charset=\"Latin1\"")]
    [InlineData("windows-1252", "text/plain;charset=windows-1252")]
    [InlineData("utf-16", "application/json; charset=utf-16")]
    [InlineData("utf-16", "application/json")]
    [InlineData("utf-16BE", null)]
    [InlineData("utf-32", null)]
    [InlineData("utf-8", "application/json; charset=iso-8859-1")]
    [InlineData("utf-8", "application/json; charset=utf-16")]
    [InlineData("utf-8", "application/json; charset=no-such-charset")]
    [InlineData("utf-8", "no content type")]
    public void A_body_is_read_in_its_own_charset_and_else_in_the_one_that_is_named(string own, string? type) =>
        Assert.Equal(Said, Read((CodePagesEncodingProvider.Instance.GetEncoding(own) ?? Encoding.GetEncoding(own))
            .GetBytes(Said), type));

    [Fact]
    public void Japanese_bytes_are_not_taken_for_marks_of_JSON() =>
        Assert.Equal("""{"text":"ソ表"}""",
            Read(CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!.GetBytes("""{"text":"ソ表"}"""),
                "application/json; charset=Shift_JIS"));

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'{', 0xFF, 0xFF, (byte)'}' })]
    public void What_is_in_no_charset_stays_as_it_is(byte[] body) =>
        Assert.Equal(body, Charset.AsUtf8(body, "application/json; charset=nonsense").ToArray());

    static string Read(byte[] body, string? type) =>
        Encoding.UTF8.GetString(Charset.AsUtf8(body, type).Span).TrimStart('\uFEFF');
}
