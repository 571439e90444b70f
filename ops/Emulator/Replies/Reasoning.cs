namespace OpenAIWorker.Emulator.Replies;

static class Reasoning
{
    /// <summary>Tokens that a request with this effort reports as thought; none where it names no effort.</summary>
    public static int Tokens(string? effort) => effort switch
    {
        "low" => 16,
        "medium" => 64,
        "high" => 256,
        "xhigh" or "max" => 512,
        _ => 0,
    };
}
