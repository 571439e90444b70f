using System.ComponentModel;
using System.Reflection;

namespace OpenAIWorker.Settings;

/// <summary>
/// One setting, as its options property describes it. A <c>*</c> in the path stands for a name of the operator's
/// choice.
/// </summary>
sealed record Setting(string Path, PropertyInfo Property, object? Default)
{
    // As in hh:mm:ss.
    const int Colons = 2;

    public bool IsSecret => Property.GetCustomAttribute<SecretAttribute>() is not null;

    /// <summary>A value of it, without what is secret in it.</summary>
    public string Shown(string? value) => (IsSecret, ValueType) switch
    {
        (true, _) => string.IsNullOrEmpty(value) ? "missing" : "set",
        (_, var type) when type == typeof(Uri) =>
            PlainAddress.Of(value, Property.GetCustomAttribute<SecretPathAttribute>() is not null),
        _ => value ?? "",
    };

    /// <summary>Whether a name of the operator's choice is in its path.</summary>
    public bool IsNamed => Path.Contains('*', StringComparison.Ordinal);

    /// <summary>Of its values. What has names of the operator's choice for its last step is a text.</summary>
    public Type ValueType => Path.EndsWith('*')
        ? typeof(string)
        : Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>What the setting may be, in words.</summary>
    public string Allowed => (Property.GetCustomAttribute<AllowedAttribute>()?.Range, ValueType) switch
    {
        ({ } range, _) => range,
        (_, { IsEnum: true } names) => string.Join(", ", Enum.GetNames(names)),
        (_, var type) when type == typeof(bool) => "true, false",
        (_, var type) when type == typeof(TimeSpan) => "durations as hh:mm:ss",
        (_, var type) when type == typeof(Uri) => "an absolute address",
        _ => "text",
    };

    /// <summary>The ends of its range, where it has one in numbers.</summary>
    public (double Least, double Most)? Bounds => Property.GetCustomAttribute<AllowedAttribute>()?.Bounds;

    public bool Fits(string path) =>
        StepsFit(path, (mine, theirs) => mine.Equals(theirs, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the path may be a slip for the setting's.</summary>
    public bool IsNear(string path) => StepsFit(path, Spelling.IsNear);

    bool StepsFit(string path, Func<string, string, bool> fits)
    {
        var (mine, theirs) = (Path.Split(':'), path.Split(':'));
        return mine.Length == theirs.Length
            && mine.Zip(theirs).All(pair => pair.First == "*" || fits(pair.First, pair.Second));
    }

    public bool CanRead(string value) => Read(value) is not null;

    /// <summary>
    /// Whether it is in the range. Settings with names of the operator's choice have no generated validator.
    /// </summary>
    public bool Allows(string value) =>
        Property.GetCustomAttribute<AllowedAttribute>() is not { } range || range.Holds(Read(value));

    object? Read(string value)
    {
        // .NET would read 30 as thirty days, and 00:30 as thirty minutes.
        if (ValueType == typeof(TimeSpan) && value.AsSpan().Count(':') != Colons && value.Trim() != "0")
            return null;
        try
        {
            return TypeDescriptor.GetConverter(ValueType).ConvertFromInvariantString(value);
        }
        catch (Exception unfit) when (
            unfit is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return null;
        }
    }
}
