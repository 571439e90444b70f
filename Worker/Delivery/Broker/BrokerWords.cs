using System.Text.RegularExpressions;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>What the broker says, for a sentence: without its code in capitals and without the full stop.</summary>
static partial class BrokerWords
{
    public static string Of(string said) => Code().Replace(said, "").TrimEnd('.', ' ');

    [GeneratedRegex("^[A-Z]+(_[A-Z]+)* - ")]
    private static partial Regex Code();
}
