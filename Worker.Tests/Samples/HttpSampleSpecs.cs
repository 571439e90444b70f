using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The program of <c>ops/samples/http</c>, run as its readers run it.</summary>
public sealed class HttpSampleSpecs : IDisposable
{
    const string Token = "owt_of_the_sample";

    readonly WebAddress web = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Jobs_go_in_and_what_became_of_them_comes_out(bool hasToken)
    {
        ForeignProgram.Needs("curl", "ops/samples/http/door.sh", "take the sample from the repository");
        await using var worker = await web.Start(hasToken ? WebAddress.Allow("sample", Token, "send,read") : []);

        var (code, said) = await Run(hasToken ? Token : "");

        Assert.True(code == 0, said);
        Assert.Contains("keeps", said, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"completed\"", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Split("\"operation\":\"classify-text\",").Length - 1);
        Assert.Contains("\"operation\":\"upload-file\"", said, StringComparison.Ordinal);
        Assert.Contains("-late\",\"state\":", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_token_is_told()
    {
        ForeignProgram.Needs("curl", "ops/samples/http/door.sh", "take the sample from the repository");
        await using var worker = await web.Start(WebAddress.Allow("sample", Token, "send,read"));

        var (code, said) = await Run("");

        Assert.NotEqual(0, code);
        Assert.Contains("unauthorized", said, StringComparison.Ordinal);
    }

    public void Dispose() => web.Dispose();

    Task<(int ExitCode, string Said)> Run(string token) => ForeignProgram.Run(
        Repository.PathOf("ops/samples/http/door.sh"), "", ["Who \"keeps\" the light?"], new Dictionary<string, string>
        {
            ["WEB_URL"] = $"{web.Uri}".TrimEnd('/'),
            ["WEB_TOKEN"] = token,
            ["MODEL"] = "m",
        });
}
