using System.Text;
using OpenAIWorker.Json;

namespace OpenAIWorker.Tests.Delivery.Bodies;

public sealed class WholeTextSpecs
{
    [Theory]
    [InlineData(@"{""a"":""\ud800""}")]
    [InlineData(@"{""a"":""\uDFFF""}")]
    [InlineData(@"{""a"":""\ud83d\ud83d\ude00""}")]
    [InlineData(@"{""a"":""\ud83dx\ude00""}")]
    [InlineData(@"{""\ud800"":1}")]
    [InlineData(@"{""a"":""\\\ud800""}")]
    [InlineData(@"{""a"":""\ud83d")]
    public void Half_a_character_is_noticed(string json) =>
        Assert.True(WholeText.HasHalfACharacter(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData(@"\")]
    [InlineData(@"{""a"":""\ud83d\ude00""}")]
    [InlineData(@"{""a"":""\\ud800""}")]
    [InlineData(@"{""a"":""\u0041\n\""\\""}")]
    [InlineData(@"{""a"":""\ud83")]
    [InlineData(@"{""a"":""\uzzzz""}")]
    public void Whole_ones_and_other_nonsense_are_left_to_the_reader(string json) =>
        Assert.False(WholeText.HasHalfACharacter(Encoding.UTF8.GetBytes(json)));
}
