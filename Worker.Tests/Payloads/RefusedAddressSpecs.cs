namespace OpenAIWorker.Tests.Payloads;

/// <summary>Addresses from which nothing is downloaded.</summary>
public sealed class RefusedAddressSpecs : FetchingScene
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[fe80::1]")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("224.0.0.1")]
    public async Task Host_that_is_not_public_is_never_connected_to(string name)
    {
        await using var host = await FileHost.Start(Bytes);

        var failure = await Refused($"https://{name}:{host.Port}/", allowed: null);

        Assert.Contains("not at a public address", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Calls);
    }

    // Some machines resolve these names and some do not; none may connect.
    [Theory]
    [InlineData("localhost.")]
    [InlineData("１２７.0.0.1")]
    [InlineData("localhost.localdomain")]
    [InlineData("ip6-localhost")]
    public async Task Other_name_of_this_machine_does_not_help(string name)
    {
        await using var host = await FileHost.Start(Bytes);

        await Failed($"https://{name}:{host.Port}/", allowed: null);

        Assert.Equal(0, host.Calls);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/b", "not at a public address")]
    [InlineData("https://[::1]:{0}/b", "not at a public address")]
    [InlineData("http://127.0.0.1:{0}/b", "allowed: https")]
    [InlineData("http://169.254.169.254/latest/meta-data", "allowed: https")]
    [InlineData("file:///etc/passwd", "allowed: https")]
    [InlineData("http://user:password@localhost:{0}/b", "a user name or password")]
    public async Task Each_redirect_is_checked_like_the_first_address(string target, string says)
    {
        FileHost host = null!;
        await using (host = await FileHost.Start(http => http.Request.Path == "/b"
            ? Bytes(http)
            : Redirect(http, target.Replace("{0}", $"{host.Port}", StringComparison.Ordinal))))
        {
            var failure = await Refused($"http://localhost:{host.Port}/a", allowed: "localhost");

            Assert.Contains(says, failure.Message, StringComparison.Ordinal);
            Assert.Equal(1, host.Calls);
        }
    }

    [Theory]
    [InlineData("http://example.com/a", "allowed: https")]
    [InlineData("ftp://example.com/a", "allowed: https")]
    [InlineData("file:///etc/passwd", "allowed: https")]
    [InlineData("data:text/plain,hello", "allowed: https")]
    [InlineData("https://user@example.com/a", "a user name or password")]
    [InlineData("a.mp3", "is not an address")]
    [InlineData("", "is not an address")]
    public async Task Address_of_another_kind_is_refused(string url, string says) =>
        Assert.Contains(says, (await Refused(url)).Message, StringComparison.Ordinal);
}
