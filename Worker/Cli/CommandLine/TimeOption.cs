using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>
/// A time as a person writes it: <c>30m</c>, <c>2h</c>, <c>1d12h</c>, or <c>hh:mm:ss</c> as in settings.
/// </summary>
static partial class TimeOption
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static Option<TimeSpan?> Of(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = given =>
        {
            var text = given.Tokens[0].Value;
            if (Read(text) is { Ticks: > 0 } time && time <= Longest)
                return time;
            given.AddError(
                $"{name} is '{text}'; allowed: times such as 30m, 2h, 1d12h or 00:30:00, up to ten years.");
            return null;
        },
    };

    public static TimeSpan? Read(string text)
    {
        if (text.Count(character => character == ':') == 2
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time))
            return time;
        if (Parts().Match(text) is not { Success: true, Length: > 0 } parts)
            return null;
        return TimeSpan.FromSeconds(Of("d") * 86_400 + Of("h") * 3_600 + Of("m") * 60 + Of("s"));

        double Of(string unit) => parts.Groups[unit] is { Success: true } part
            ? double.Parse(part.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;
    }

    [GeneratedRegex(@"^(?=\d)((?<d>\d{1,6}(\.\d{1,6})?)d)?((?<h>\d{1,6}(\.\d{1,6})?)h)?"
        + @"((?<m>\d{1,6}(\.\d{1,6})?)m)?((?<s>\d{1,6}(\.\d{1,6})?)s)?$")]
    private static partial Regex Parts();
}
