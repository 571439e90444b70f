using System.Text.RegularExpressions;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// The texts of errors, as OpenAI, Azure, vLLM, llama.cpp, LM Studio, Gemini, Mistral, DeepSeek, TGI and others write
/// them.
/// </summary>
static partial class ErrorPatterns
{
    const string Long =
        @"(maximum|max) (allowed )?(context|prompt|sequence|input|model) (token )?(length|limit|window|size)"
            + @"|context.?(length|window|size|limit|shift)"
        + @"|context the overflows|ContextWindowExceeded|(input|prompt) (is )?too long|too many (input )?tokens"
        + @"|maximum number of (input )?tokens"
        + @"|reduce the length of the (messages|prompt|input)|`?inputs`? tokens \+ `?max_new_tokens|must have (less"
        + @"|fewer) than \d+ tokens"
        + @"|exceed\w* (the )?(model's )?(maximum|max|available) (context|length|(input|prompt|token) (length|limit)"
        + @"|number of tokens)"
        + @"|(input|prompt|request) (tokens?|length)\b.{0,30}? exceed|(model|input|prompt|context) token limit"
        + @"|range of input length"
        + @"|(prompt|input)\b.{0,40} (longer|larger|greater) than the .{0,20}(model|context|maximum)|\bmax_(seq"
        + @"|model|input|context)_?len\w*|max_num_tokens|超长|上下文.{0,8}(超|长度)"
        + @"|(number of|input|prompt) tokens\b.{0,30}? exceeds? (the |a )?(model's )?limit"
        + @"|(?<!rate )token limit exceeded: (your |the )?(prompt|input)"
        + @"|(message|prompt|input)s?\b.{0,20} (is|was|are|were) too long\b";

    const string Policy =
        @"content (management )?polic|content.?filter|safety (system|setting|guideline)|(usage|community) (polic"
            + @"|guideline|standard)|flagged (for|as|by)|was flagged"
        + @"|requires moderation|prohibited.(content|use)|(inappropriate|unsafe|sensitive|harmful) content"
        + @"|responsible ?ai|content.?(moderation|safety)|content exists risk"
        + @"|ContentPolicyViolation|new_sensitive|violat\w+\b.{0,40}?(polic|guideline|terms of)|blocked (by|due to"
        + @"|because of)\b.{0,40}?(safety|content|moderation)|敏感|违规|不安全"
        + @"|request (was )?moderated|\bnsfw\b|safety (filter|threshold|check)|guardrail|prompt (was |is )?blocked";

    const string Broke =
        @"(insufficient|not enough|no|out of|zero|negative) (account )?(balance|credits?|funds)\b|(balance|credits?"
            + @"|quota) (is|are|has been) (too low|insufficient|not enough|exhausted|used up|depleted|negative|overdue)"
        + @"|credit limit (has been )?(exceeded|reached)|(credit|account) balance is\b|never purchased credits"
        + @"|account is not active|in arrears|arrearage|overdue.?payment|overdue (balance|bill|account)"
        + @"|good standing|budget (has been|was|is) (exceeded|used up)|exceeded (your |the |its )?(monthly "
        + @"|daily )?(spend(ing)?|budget|billing|usage) (hard )?(limit|cap)|exceededbudget"
        + @"|(top up|recharge)\b|payment (is )?required|billing (hard )?limit|余额不足|欠费|充值"
        + @"|used (up )?all (of )?(the |your )?(available |included |free )?(credits?|quota)|n[o']t have any credits"
        + @"|purchase (\w+ )?credits|exceeded your \w+( included)? credits"
        + @"|reached (your|its|the)( \w+){0,3} (usage|spend(ing)?) limits?|(past|unpaid|overdue) invoices"
        + @"|out of call volume quota|key limit exceeded";

    const string Price =
        @"can only afford|fewer max_tokens|budget\b.{0,60}?\bfor model|exceededbudget: end.?user"
            + @"|budget for (end.?user|customer|tag)";

    const string Missing =
        @"not found|does ?n[o']t exist|not exist|no longer (available|supported)|decommissioned|deprecated|retired"
            + @"|could not be found|end of (its )?life";

    const string NoSuchModel =
        @"(invalid|unknown|unsupported|no such|unable to access|not a valid|cannot find|could not find|not found the"
            + @"|unrecognized) (model|deployment)\b|no endpoints found for\b"
        + @"|resolve the (foundation )?model|model (identifier|id|name) (\S+ )?(is )?(invalid|not valid|incorrect"
        + @"|unknown)|llm provider not provided|does not work with the specified model"
        + @"|(requested|specified) model\b.{0,120}? not (supported|available)|(no|n't have|not have"
        + @"|denied) access( \w+){0,3} models?\b"
        + @"|(not|n't) (be )?(allowed|permitted|authori[sz]ed|entitled)( \w+){0,4} models?\b|模型不存在";

    const string Model = @"\b(model|deployment)s?";

    const string Nowhere =
        @"^\W*((Error: )?(404:? ?)?(page )?not found|404 page not found|invalid url|cannot (post|get|delete|put"
            + @"|patch) /"
        + @"|no route matched|resource not found|unknown (url|endpoint|request url))";

    [GeneratedRegex(Long, RegexOptions.IgnoreCase)]
    public static partial Regex ContextLength();

    [GeneratedRegex(Policy, RegexOptions.IgnoreCase)]
    public static partial Regex ContentPolicy();

    // Gemini uses the second text for a rate limit.
    [GeneratedRegex(@"more credits|exceeded your (current )?quota, please check your plan", RegexOptions.IgnoreCase)]
    public static partial Regex Quota();

    [GeneratedRegex(Broke, RegexOptions.IgnoreCase)]
    public static partial Regex NoMoney();

    [GeneratedRegex(Price, RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    public static partial Regex PriceOfJob();

    [
        GeneratedRegex(
            @"\b(account|organi[sz]ation|workspace|project)( \w+)? (is|was|has been"
                + @"|have been) (currently )?(suspended|deactivated|disabled|terminated|banned|frozen|closed|locked"
                + @"|restricted)", RegexOptions.IgnoreCase)]
    public static partial Regex ClosedAccount();

    // Gemini and others send it with 400.
    [GeneratedRegex(@"(location|country|region|territory)\b.{0,20} (is )?not (supported|allowed|available)",
        RegexOptions.IgnoreCase)]
    public static partial Regex RefusedPlace();

    [GeneratedRegex("""
        (?<!\w)'[^']*'(?!\w)|"[^"]*"|`[^`]*`|‘[^’]*’|“[^”]*”
        """)]
    public static partial Regex Quoted();

    // "The model `m` does not exist", "Model Not Exist", "models/m is not found": only the name stands between the
    // words.
    [GeneratedRegex($@"{Model}[\s:/]+(\S+\s+)?(is |was |has been |has reached (the |its )?)?({Missing})|{NoSuchModel}",
        RegexOptions.IgnoreCase)]
    public static partial Regex NoModel();

    // Except in an address.
    [GeneratedRegex(@"(?<![\w/.-])(model|deployment)s?\b|no endpoints found for\b", RegexOptions.IgnoreCase)]
    public static partial Regex AnythingOfAModel();

    [GeneratedRegex(@"\b(incorrect|invalid) api key|api key (not valid|is invalid|expired)", RegexOptions.IgnoreCase)]
    public static partial Regex Key();

    [GeneratedRegex(@"^\W*(the |this |your )?request (is |was )?(too large|larger than)", RegexOptions.IgnoreCase)]
    public static partial Regex TooLarge();

    [GeneratedRegex(@"rate.?limit|too many requests", RegexOptions.IgnoreCase)]
    public static partial Regex RateLimit();

    [GeneratedRegex(Nowhere, RegexOptions.IgnoreCase)]
    public static partial Regex NoRoute();

    [GeneratedRegex("plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|plain HTTP to an SSL",
        RegexOptions.IgnoreCase)]
    public static partial Regex PlainHttp();

    [GeneratedRegex("BadRequestError")]
    public static partial Regex BadRequest();

    [GeneratedRegex(@"litellm\.(?:exceptions\.)?(\w+?)(?:Error)?\b")]
    public static partial Regex Wrapped();
}
