using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Schemas;

/// <summary>The contracts' documentation: the XML that the compiler writes, which is embedded in the program.</summary>
static partial class Documentation
{
    static readonly Lazy<Dictionary<string, XElement>> Summaries = new(Read);

    public static string? Of(MemberInfo member) =>
        Summary(member) is { } summary
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
            : null;

    // Only endings inherit documentation, from their common types.
    static XElement? Summary(MemberInfo member) =>
        Summaries.Value.GetValueOrDefault(NameOf(member))
        ?? (member is PropertyInfo
            ? Summaries.Value.GetValueOrDefault($"P:{typeof(IJobEnding).FullName}.{member.Name}")
            : null);

    static string NameOf(MemberInfo member) =>
        member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType!.FullName}.{member.Name}";

    static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see => $"`{Named(see.Attribute("cref")!.Value)}`",
        XElement code => $"`{code.Value}`",
        _ => ((XText)node).Value,
    };

    // Members have their wire names, types their own.
    static string Named(string reference)
    {
        var name = reference[(reference.LastIndexOf('.') + 1)..];
        return reference.StartsWith("T:", StringComparison.Ordinal)
            ? name
            : JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    static Dictionary<string, XElement> Read() =>
        (from member in XDocument.Load(typeof(Documentation).Assembly.GetManifestResourceStream("contracts.xml")!,
            LoadOptions.PreserveWhitespace).Descendants("member")
         let summary = member.Element("summary")
         where summary is not null
         select (Name: member.Attribute("name")!.Value, summary))
             .ToDictionary(member => member.Name, member => member.summary, StringComparer.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
