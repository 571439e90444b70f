namespace OpenAIWorker.Emulator.Replies;

static class Reasoning
{
    /// <summary>The reasoning tokens that a request with this effort reports; 0 without an effort.</summary>
    public static int Tokens(string? effort) => effort switch
    {
        "low" => 16,
        "medium" => 64,
        "high" => 256,
        "xhigh" or "max" => 512,
        _ => 0,
    };
}
