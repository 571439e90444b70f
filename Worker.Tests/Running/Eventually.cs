namespace OpenAIWorker.Tests.Running;

static class Eventually
{
    /// <summary>Checks a condition repeatedly, if nothing signals it.</summary>
    public static Task Is(Func<bool> claim) => Is(() => Task.FromResult(claim()));

    /// <inheritdoc cref="Is(Func{bool})"/>
    public static async Task Is(Func<Task<bool>> claim, string what = "It")
    {
        for (var looks = 0; !await claim(); looks++)
        {
            // A busy machine may need 30 s to start a program.
            Assert.True(looks < 1_800, $"{what} did not become true within 90 s.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
