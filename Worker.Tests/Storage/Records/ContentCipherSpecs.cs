using System.Text;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Records;

public sealed class ContentCipherSpecs
{
    static readonly StoreStates States = StoreStatesOf.Test();

    static readonly ContentCipher Cipher = new(Options.Create(new RecordsOptions
    {
        Key = "k",
        Keys = new Dictionary<string, string> { ["k"] = Convert.ToBase64String(new byte[ContentCipher.KeyLength]) },
    }), States);

    [Theory]
    [InlineData("j", "a", true)]
    [InlineData("j", "b", false)]
    [InlineData("i", "a", false)]
    public void A_content_is_opened_for_its_own_job_and_tenant_alone(string job, string tenant, bool isOpened)
    {
        var kept = Cipher.Seal(new("j", "a"), Encoding.UTF8.GetBytes("secret"));

        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(kept.Bytes), StringComparison.Ordinal);
        if (isOpened)
            Assert.Equal("secret", Encoding.UTF8.GetString(Cipher.Open(new(job, tenant), kept)));
        else
            Assert.Throws<FailureException>(() => Cipher.Open(new(job, tenant), kept));
    }

    [Fact]
    public void A_key_that_is_no_longer_set_is_told_with_the_cure()
    {
        var kept = Cipher.Seal(new("j", "a"), [1]);

        Assert.Throws<FailureException>(() => Cipher.Open(new("j", "a"), kept with { Key = "older" }));

        Assert.Equal(("records", "Add Records:Keys:older to the settings."), Assert.Single(States.Broken) switch
        {
            var (store, fault) => (store, fault.Cure),
        });
    }
}
