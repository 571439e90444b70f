using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Operations.Text.Messages;

static class CacheBreakpoints
{
    /// <summary>The parts of a message. The last one gets the mark that ends the provider's cached prefix.</summary>
    public static IEnumerable<JsonBody> In(IEnumerable<JsonBody> parts, ModelMessage message)
    {
        var all = parts.ToList();
        if (message.CacheBreakpoint == true)
            all[^1].Add("prompt_cache_breakpoint", new JsonBody { { "mode", "explicit" } });
        return all;
    }
}
