using OpenAIWorker.Cli;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

public sealed class ShellWordSpecs
{
    [Theory]
    [InlineData("tides-1")]
    [InlineData("two words")]
    [InlineData("it's")]
    [InlineData("$(echo no); `echo no` > no * ~ \"\\")]
    [InlineData("")]
    public async Task A_shell_reads_the_same_word(string word)
    {
        var (_, said) = await ForeignProgram.Run("sh", "", ["-c", $"printf %s= {ShellWord.Of(word)}"],
            new Dictionary<string, string>());

        Assert.Equal($"{word}=", said);
    }

    [Fact]
    public void A_plain_word_stays_as_it_is() => Assert.Equal("openai/gpt-6:a_b", ShellWord.Of("openai/gpt-6:a_b"));
}
