namespace OpenAIWorker.Settings;

/// <summary>The convention: the options type <c>DeliveryOptions</c> is the section <c>Delivery</c>.</summary>
static class SettingNames
{
    const string Suffix = "Options";

    public static bool IsSection(Type type) => type.Name.EndsWith(Suffix, StringComparison.Ordinal);

    public static string Section(Type options) => options.Name[..^Suffix.Length];

    /// <summary>
    /// From the validator's <c>OpenAIOptions.Background.Timeout</c> to the setting's <c>OpenAI:Background:Timeout</c>.
    /// </summary>
    public static string Of(string member) =>
        member.Replace(Suffix + ".", ":", StringComparison.Ordinal).Replace('.', ':');
}
