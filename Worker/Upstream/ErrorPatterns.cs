using System.Text.RegularExpressions;

namespace OpenAIWorker.Upstream;

/// <summary>The words of errors, as OpenAI, Azure, vLLM, llama.cpp, LM Studio, Gemini, Mistral, DeepSeek, TGI and others write them.</summary>
static partial class ErrorPatterns
{
    const string Long = @"(maximum|max) (context|prompt|sequence|input) length|context (length|window|size)|context the overflows"
        + @"|(input|prompt) (is )?too long|too many (input )?tokens|maximum number of (input )?tokens"
        + @"|reduce the length of the (messages|prompt|input)|`?inputs`? tokens \+ `?max_new_tokens"
        + @"|exceeds? the (model's )?(maximum|max|available) (context|length|number of tokens)";

    const string Policy = @"content (management )?polic|content.?filter|safety system|usage polic|flagged (for|as|by)|was flagged"
        + @"|requires moderation|prohibited (content|use)|inappropriate content|responsible ?ai";

    const string Broke = @"insufficient (balance|credits?|funds)|credit balance is too low|more credits"
        + @"|exceeded your (current )?quota, please check your plan|account is not active|in arrears";

    const string Missing = @"not found|does ?n[o']t exist|not exist|no longer (available|supported)|decommissioned|deprecated|retired|could not be found";

    const string NoSuchModel = @"(invalid|unknown|no such|unable to access|not a valid|cannot find|could not find) (model|deployment)\b|no endpoints found for\b";

    const string Model = @"\b(model|deployment)s?";

    const string Nowhere = @"^\W*((Error: )?(404:? ?)?(page )?not found|404 page not found|invalid url|cannot (post|get|delete|put|patch) /"
        + @"|no route matched|resource not found|unknown (url|endpoint|request url))";

    const string Server = @"litellm\.(UnsupportedParamsError|NotFoundError|ContextWindowExceededError|ContentPolicyViolationError)|BadRequestError";

    [GeneratedRegex(Long, RegexOptions.IgnoreCase)]
    public static partial Regex ContextLength();

    [GeneratedRegex(Policy, RegexOptions.IgnoreCase)]
    public static partial Regex ContentPolicy();

    [GeneratedRegex(Broke, RegexOptions.IgnoreCase)]
    public static partial Regex Quota();

    // "The model `m` does not exist", "Model Not Exist", "models/m is not found": nothing but its name stands between.
    [GeneratedRegex($@"{Model}[\s:/]+(\S+\s+)?(is |was |has been )?({Missing})|{NoSuchModel}", RegexOptions.IgnoreCase)]
    public static partial Regex NoModel();

    [GeneratedRegex($@"{Model}\b.{{0,120}}?\b({Missing}|not available|not loaded|not supported|not accessible|isn't available|unknown)|{NoSuchModel}",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    public static partial Regex AnythingOfAModel();

    [GeneratedRegex(@"\b(incorrect|invalid) api key|api key (not valid|is invalid|expired)", RegexOptions.IgnoreCase)]
    public static partial Regex Key();

    [GeneratedRegex(@"rate.?limit|too many requests", RegexOptions.IgnoreCase)]
    public static partial Regex RateLimit();

    [GeneratedRegex(Nowhere, RegexOptions.IgnoreCase)]
    public static partial Regex NoRoute();

    [GeneratedRegex(Server)]
    public static partial Regex BadRequest();
}
