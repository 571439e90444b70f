namespace OpenAIWorker.Operations.Schemas;

/// <summary>
/// A range of durations as a regular expression, because JSON Schema compares numbers only. Without lookarounds: not
/// every engine has them.
/// </summary>
static class TimePattern
{
    const string AnyFraction = @"(\.[0-9]{1,7})?";
    const string NoFraction = @"(\.0{1,7})?";
    static readonly int[] Last = [23, 59, 59];

    /// <summary>
    /// Any duration that the worker reads: <c>d.hh:mm:ss</c>, with optional days and fractions of a second.
    /// </summary>
    public static string Any => $@"^-?([0-9]+\.)?{Later(0)}$";

    /// <param name="least">The shortest, in whole seconds and less than a day.</param>
    /// <param name="most">The longest, in whole seconds and less than 100 days.</param>
    public static string Between(TimeSpan least, TimeSpan most)
    {
        var (from, to) = (Parts(least), Parts(most));
        if (most.Days == 0)
            return $"^{Between(from, to, 0)}$";
        string[] ranges = [AtLeast(from, 0), .. Days(most.Days - 1).Select(days => $@"{days}\.{Later(0)}"),
            $@"{most.Days}\.{AtMost(to, 0)}"];
        return $"^{OneOf(ranges)}$";
    }

    static int[] Parts(TimeSpan time) => [time.Hours, time.Minutes, time.Seconds];

    static string Between(int[] from, int[] to, int at)
    {
        if (at == Last.Length)
            return NoFraction;
        if (from[at] == to[at])
            return Part(at, from[at], from[at]) + Between(from, to, at + 1);
        return OneOf(
        [
            Part(at, from[at], from[at]) + AtLeast(from, at + 1),
            .. from[at] + 1 < to[at] ? [Part(at, from[at] + 1, to[at] - 1) + Later(at + 1)] : Array.Empty<string>(),
            Part(at, to[at], to[at]) + AtMost(to, at + 1),
        ]);
    }

    static string AtLeast(int[] from, int at)
    {
        if (from[at..].All(part => part == 0))
            return Later(at);
        var same = Part(at, from[at], from[at]) + AtLeast(from, at + 1);
        return from[at] == Last[at] ? same : OneOf([same, Part(at, from[at] + 1, Last[at]) + Later(at + 1)]);
    }

    static string AtMost(int[] to, int at)
    {
        if (at == Last.Length)
            return NoFraction;
        var same = Part(at, to[at], to[at]) + AtMost(to, at + 1);
        return to[at] == 0 ? same : OneOf([Part(at, 0, to[at] - 1) + Later(at + 1), same]);
    }

    static string Later(int at) =>
        string.Concat(Enumerable.Range(at, Last.Length - at).Select(part => Part(part, 0, Last[part]))) + AnyFraction;

    static string Part(int at, int from, int to) => (at == 0 ? "" : ":") + OneOf([.. TwoDigits(from, to)]);

    static IEnumerable<string> Days(int most) =>
        [.. most >= 1 ? [$"[1-{Math.Min(most, 9)}]"] : Array.Empty<string>(),
            .. most >= 10 ? [OneOf([.. TwoDigits(10, most)])] : Array.Empty<string>()];

    static IEnumerable<string> TwoDigits(int least, int most) =>
        Enumerable.Range(least / 10, most / 10 - least / 10 + 1)
        .GroupBy(tens => (Least: Math.Max(least - tens * 10, 0), Most: Math.Min(most - tens * 10, 9)))
        .Select(alike => Digits(alike.First(), alike.Last()) + Digits(alike.Key.Least, alike.Key.Most));

    static string Digits(int from, int to) => from == to ? $"{from}" : $"[{from}-{to}]";

    static string OneOf(string[] ways) => ways.Length == 1 ? ways[0] : $"({string.Join('|', ways)})";
}
