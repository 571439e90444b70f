using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace OpenAIWorker.Settings;

/// <summary>
/// The range of a setting, both ends allowed. Durations are written as text, because attributes take no
/// <see cref="TimeSpan"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class AllowedAttribute(object least, object most) : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

    /// <summary>The range in words: <c>1 to 100</c>.</summary>
    public string Range => $"{least} to {most}";

    /// <summary>The range in numbers; null for a range of durations.</summary>
    public (double Least, double Most)? Bounds => least is string
        ? null
        : (Convert.ToDouble(least, CultureInfo.InvariantCulture), Convert.ToDouble(most, CultureInfo.InvariantCulture));

    public bool Holds(object? value) =>
        value is not IComparable given || given.CompareTo(Bound(least, given)) >= 0
            && given.CompareTo(Bound(most, given)) <= 0;

    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        Holds(value)
            ? ValidationResult.Success
            : new($"{SettingNames.Of(context.DisplayName)} is {value}; allowed: {Range}.");

    static object Bound(object bound, IComparable given) => given is TimeSpan
        ? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture)
        : Convert.ChangeType(bound, given.GetType(), CultureInfo.InvariantCulture);
}
