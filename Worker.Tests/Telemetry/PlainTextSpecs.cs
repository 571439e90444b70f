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

    [Fact]
    public void A_name_is_cut_where_names_end() => Assert.Equal(257, PlainText.Name(new('x', 200_000)).Length);
}
