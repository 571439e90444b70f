using System.Globalization;

namespace OpenAIWorker.Web.Window.Parts;

/// <summary>Numbers, times and amounts for a person.</summary>
static class Words
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Number(double number) => number.ToString("#,0.#", Plain);

    public static string Count(long number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    /// <summary>A fraction in percent, with more digits if it is small.</summary>
    public static string Percent(double part) => part switch
    {
        0 => "0 %",
        < 0.001 => "< 0.1 %",
        < 0.1 or > 0.99 and < 1 => string.Create(Plain, $"{Math.Floor(part * 1000) / 10:0.#} %"),
        _ => string.Create(Plain, $"{part * 100:0} %"),
    };

    /// <summary>A duration, in one number or two.</summary>
    public static string Long(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1000 } => string.Create(Plain, $"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 100 } => string.Create(Plain, $"{time.TotalSeconds:0.#} s"),
        _ => Roughly(time),
    };

    /// <summary>A rounded duration that need not change every second.</summary>
    public static string Roughly(TimeSpan time) => time switch
    {
        { TotalSeconds: < 100 } => string.Create(Plain, $"{Math.Max(0, Math.Ceiling(time.TotalSeconds)):0} s"),
        { TotalMinutes: < 100 } => string.Create(Plain, $"{Math.Ceiling(time.TotalMinutes):0} min"),
        { TotalHours: < 48 } => string.Create(Plain, $"{(int)time.TotalHours} h{Minutes(time)}"),
        _ => string.Create(Plain, $"{time.TotalDays:0} days"),
    };

    /// <summary>An amount of money. A small one keeps two significant digits.</summary>
    public static string Money(double amount, string? currency)
    {
        var text = amount switch
        {
            0 or >= 1 => amount.ToString("#,0.00", Plain),
            >= 0.01 => amount.ToString("0.00##", Plain),
            _ => amount.ToString("0.00000##", Plain),
        };
        return currency is null or "USD" ? $"$ {text}" : $"{text} {currency}";
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", Plain);

    public static string FineTime(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss.fff", Plain);

    /// <summary>A time with day and zone.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Plain);

    static string Minutes(TimeSpan time) => time.Minutes == 0 ? "" : string.Create(Plain, $" {time.Minutes} min");
}
