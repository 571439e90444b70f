namespace OpenAIWorker.Tests.Running;

static class Eventually
{
    /// <summary>Looks again and again, for what gives no sign of its own.</summary>
    public static async Task Is(Func<bool> claim)
    {
        for (var looks = 0; !claim(); looks++)
        {
            Assert.True(looks < 600, "It did not become true within 30 s.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
