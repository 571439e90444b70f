using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Tests.Telemetry;

public sealed class PlainTextSpecs
{
    const string Escapes = "a\u001b[2J\u0007b\r\nc\u009b31m\u007fd";

    [Fact]
    public void A_line_stays_one_and_steers_no_terminal() => Assert.Equal("a·[2J·b··c·31m·d", PlainText.Line(Escapes));

    [Fact]
    public void A_text_keeps_its_lines_and_nothing_else() => Assert.Equal("a·[2J·b\nc·31m·d", PlainText.Of(Escapes));

    [Fact]
    public void What_is_plain_stays_as_it_is()
    {
        const string plain = "Größe 字 😀 \"x\"";

        Assert.Same(plain, PlainText.Line(plain));
    }

    [Theory]
    [InlineData("safe\u202Egnp.exe", "safe·gnp.exe")]
    [InlineData("\u202A\u202B\u202C\u202D\u2066\u2067\u2068\u2069", "········")]
    [InlineData("a\u200Eb\u200Fc\u061Cd", "a·b·c·d")]
    [InlineData("order\u200B-1\uFEFF\u2060\u00AD", "order·-1···")]
    [InlineData("a\u2028b\u2029c", "a·b·c")]
    [InlineData("hidden\U000E0041\U000E0042", "hidden··")]
    public void What_is_not_seen_is_marked(string name, string shown) => Assert.Equal(shown, PlainText.Name(name));

    [Theory]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u0915\u094D\u200D\u0937")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    public void What_emoji_and_scripts_need_stays(string name) => Assert.Same(name, PlainText.Name(name));

    [Theory]
    [InlineData("{\"a\":\"safe\u202Egnp\"}", """{"a":"safe\u202Egnp"}""")]
    [InlineData("[\"\U000E0041\u200B\u061C\"]", """["\uDB40\uDC41\u200B\u061C"]""")]
    [InlineData("{\n\t\"a\":\r\n\"Größe \u0645\u200C\u062E\"}", "{\n \"a\": \n\"Größe \u0645\u200C\u062E\"}")]
    [InlineData("[\"\u009b31m\"]", """[" 31m"]""")]
    public void JSON_keeps_its_meaning_and_hides_nothing(string json, string shown) =>
        Assert.Equal(shown, PlainText.Json(json));

    [Fact]
    public void A_name_is_cut_where_names_end() => Assert.Equal(257, PlainText.Name(new('x', 200_000)).Length);
}
