namespace OpenAIWorker.Emulator.Answers;

static class ServiceTier
{
    /// <summary>The answer names the tier that was used, never "auto".</summary>
    public static string Used(JsonElement body) => body.Text("service_tier") switch
    {
        null or "auto" => "default",
        "fast" => "priority",
        var tier => tier,
    };
}
