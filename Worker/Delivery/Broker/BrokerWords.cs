using System.Text.RegularExpressions;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>
/// A text of the broker as part of a sentence: without its code in capitals and without the full stop.
/// </summary>
static partial class BrokerWords
{
    public static string Of(string said) => Code().Replace(said, "").TrimEnd('.', ' ');

    [GeneratedRegex("^[A-Z]+(_[A-Z]+)* - ")]
    private static partial Regex Code();
}
