using System.ComponentModel;
using System.Reflection;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Settings;

/// <summary>
/// One setting, as its options property describes it. A <c>*</c> in the path stands for a name that the operator
/// chooses.
/// </summary>
sealed record Setting(string Path, PropertyInfo Property, object? Default)
{
    // The colons of hh:mm:ss.
    const int Colons = 2;

    public bool IsSecret => Property.GetCustomAttribute<SecretAttribute>() is not null;

    /// <summary>The value without its secret parts.</summary>
    public string Shown(string? value) => (IsSecret, ValueType) switch
    {
        (true, _) => string.IsNullOrEmpty(value) ? "missing" : "set",
        (_, var type) when type == typeof(Uri) =>
            PlainAddress.Of(value, Property.GetCustomAttribute<SecretPathAttribute>() is not null),
        _ => value ?? "",
    };

    /// <summary>Whether the path has a name that the operator chooses.</summary>
    public bool IsNamed => Path.Contains('*', StringComparison.Ordinal);

    /// <summary>The type of its values. A path that ends with a chosen name holds text.</summary>
    public Type ValueType => Path.EndsWith('*')
        ? typeof(string)
        : Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>The allowed values, in words.</summary>
    public string Allowed => (Property.GetCustomAttribute<AllowedAttribute>()?.Range, ValueType) switch
    {
        ({ } range, _) => range,
        (_, { IsEnum: true } names) => string.Join(", ", Enum.GetNames(names)),
        (_, var type) when type == typeof(bool) => "true, false",
        (_, var type) when type == typeof(TimeSpan) => "durations as hh:mm:ss",
        (_, var type) when type == typeof(Uri) => "an absolute address",
        _ => "text",
    };

    /// <summary>The ends of its range, if the range is one of numbers.</summary>
    public (double Least, double Most)? Bounds => Property.GetCustomAttribute<AllowedAttribute>()?.Bounds;

    public bool Fits(string path) =>
        StepsFit(path, (mine, theirs) => mine.Equals(theirs, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the path may be a misspelling of this setting's.</summary>
    public bool IsNear(string path) => StepsFit(path, Spelling.IsNear);

    bool StepsFit(string path, Func<string, string, bool> fits)
    {
        var (mine, theirs) = (Path.Split(':'), path.Split(':'));
        return mine.Length == theirs.Length
            && mine.Zip(theirs).All(pair => pair.First == "*" || fits(pair.First, pair.Second));
    }

    public bool CanRead(string value) => Read(value) is not null;

    /// <summary>
    /// Whether the value is in range. Settings with names that the operator chooses have no generated validator.
    /// </summary>
    public bool Allows(string value) =>
        Property.GetCustomAttribute<AllowedAttribute>() is not { } range || range.Holds(Read(value));

    object? Read(string value)
    {
        // .NET would read 30 as thirty days, and 00:30 as thirty minutes.
        if (ValueType == typeof(TimeSpan) && value.AsSpan().Count(':') != Colons && value.Trim() != "0")
            return null;
        // .NET would also read the number of a name, and several names joined by commas.
        if (ValueType.IsEnum && !Enum.GetNames(ValueType).Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
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
