using System.Globalization;

namespace OpenAIWorker.Emulator.Limits;

/// <summary>What is left after a call, for its <c>x-ratelimit-*</c> headers.</summary>
sealed record Budget(Share Requests, Share Tokens)
{
    public void Write(IHeaderDictionary headers)
    {
        Write(headers, "requests", Requests);
        Write(headers, "tokens", Tokens);
    }

    static void Write(IHeaderDictionary headers, string kind, Share share)
    {
        headers[$"x-ratelimit-limit-{kind}"] = share.Limit.ToString(CultureInfo.InvariantCulture);
        headers[$"x-ratelimit-remaining-{kind}"] = share.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[$"x-ratelimit-reset-{kind}"] = Go(share.Reset);
    }

    // As Go prints durations: 120ms, 1.5s, 6m0s.
    static string Go(TimeSpan time) => time.TotalSeconds switch
    {
        0 => "0s",
        < 1 => $"{Math.Ceiling(time.TotalMilliseconds)}ms",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m{time.TotalSeconds % 60:0.###}s"),
    };
}

/// <summary>One limit's part of it.</summary>
sealed record Share(long Limit, long Remaining, TimeSpan Reset);
