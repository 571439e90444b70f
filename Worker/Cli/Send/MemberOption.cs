using System.Collections.Frozen;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Schemas;

namespace OpenAIWorker.Cli.Send;

/// <summary>A member of a request as an option. Bytes can come from a file, an address or a payload.</summary>
sealed class MemberOption
{
    // The options of send itself: members with these names get another option.
    static readonly FrozenSet<string> Taken = new[] { "body", "wait", "json", "save" }.ToFrozenSet();

    const string Truth = "true|false";
    const string Number = "NUMBER";

    readonly JsonPropertyInfo member;

    /// <param name="member">The member.</param>
    /// <param name="request">The request's type.</param>
    /// <param name="givers">Other arguments of the command line that also set it.</param>
    public MemberOption(JsonPropertyInfo member, Type request, IReadOnlyList<string> givers)
    {
        this.member = member;
        var says = string.Join(' ',
            new[] { Documentation.Of(MessageSchema.MemberOf(member)), NeededOption.Says(request, member.Name, givers) }
                .OfType<string>());
        Option = new(NameOf(member.Name)) { Description = says, HelpName = Kind };
        if (Type.IsEnum)
            Option.CompletionSources.Add([.. Enum.GetNames(Type).Select(JsonNamingPolicy.CamelCase.ConvertName)]);
    }

    public Option<string?> Option { get; }

    /// <summary>The name of a member's option.</summary>
    public static string NameOf(string member) =>
        $"--{(Taken.Contains(member) ? "request-" : "")}{JsonNamingPolicy.KebabCaseLower.ConvertName(member)}";

    /// <summary>Whether all requests have this member.</summary>
    public bool IsOfEveryJob => typeof(JobRequest).GetProperty(MessageSchema.MemberOf(member).Name) is not null;

    public void Apply(ParseResult parsed, JsonObject json)
    {
        if (parsed.GetValue(Option) is not { } value)
            return;
        json[member.Name] = true switch
        {
            _ when Type == typeof(TimeSpan) && TimeOption.Read(value) is { } time =>
                JsonValue.Create(time.ToString("c", CultureInfo.InvariantCulture)),
            _ when IsText => JsonValue.Create(value),
            _ when Kind == Truth => OptionJson.ReadSimple(Option.Name, value, "true or false"),
            _ when Kind == Number => OptionJson.ReadSimple(Option.Name, value, "a number"),
            _ when IsBytes => Attachment.Of(value, takesFileName: true),
            _ => OptionJson.Read(Option.Name, value),
        };
    }

    Type Type => Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;

    bool IsText => Type == typeof(string) || Type == typeof(TimeSpan) || Type == typeof(DateTimeOffset) || Type.IsEnum;

    bool IsBytes => Type == typeof(BinaryInput) || Type == typeof(SourceImage);

    string Kind => Type switch
    {
        { IsEnum: true } names => string.Join('|', Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        var truth when truth == typeof(bool) => Truth,
        var number when number == typeof(int) || number == typeof(long) || number == typeof(double) => Number,
        var span when span == typeof(TimeSpan) => "30s|HH:MM:SS",
        var time when time == typeof(DateTimeOffset) => "TIME",
        _ => IsText ? "TEXT" : IsBytes ? "FILE" : "JSON",
    };
}
