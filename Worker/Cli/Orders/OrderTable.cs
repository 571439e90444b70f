using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Delivery.Orders;

namespace OpenAIWorker.Cli.Orders;

/// <summary>Tables of orders, for a person and for a program.</summary>
static class OrderTable
{
    public static string Text(IReadOnlyList<Order> orders)
    {
        if (orders.Count == 0)
            return "Operators have set no limits and paused no credential.\n";
        var text = new StringBuilder();
        foreach (var order in orders)
            text.Append(CultureInfo.InvariantCulture,
                $"{Said(order)}, since {order.At:yyyy-MM-dd HH:mm:ss}Z\n    "
                    + $"{PauseCommand.Until(order, Undo(order))}\n");
        return text.ToString();
    }

    public static string Json(IReadOnlyList<Order> orders) => string.Concat(orders.Select(order => $"{new JsonObject
    {
        ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(order.Kind.ToString()),
        ["name"] = order.Group,
        ["credential"] = order.Credential,
        ["requestsPerMinute"] = order.RequestsPerMinute,
        ["tokensPerMinute"] = order.TokensPerMinute,
        ["since"] = order.At.ToString("O", CultureInfo.InvariantCulture),
        ["until"] = order.Until?.ToString("O", CultureInfo.InvariantCulture),
    }.ToJsonString()}\n"));

    /// <summary>A limit in words.</summary>
    public static string Limit(Order order) =>
        $"{order.Group}{(order.Credential is { } credential ? $" of {credential}" : "")}: at most "
            + $"{string.Join(" and ", Rates(order))} a minute";

    /// <summary>The command that cancels the order.</summary>
    public static string Undo(Order order) => order.Kind == OrderKind.Pause
        ? $"worker resume {ShellWord.Of(order.Credential!)}"
        : $"worker limits unset {ShellWord.Of(order.Group!)}"
            + $"{(order.Credential is { } credential ? $" --credential {ShellWord.Of(credential)}" : "")}";

    static string Said(Order order) => order.Kind == OrderKind.Pause ? $"{order.Credential}: paused" : Limit(order);

    static IEnumerable<string> Rates(Order order)
    {
        if (order.RequestsPerMinute is { } requests)
            yield return $"{requests.ToString("N0", CultureInfo.InvariantCulture)} requests";
        if (order.TokensPerMinute is { } tokens)
            yield return $"{tokens.ToString("N0", CultureInfo.InvariantCulture)} tokens";
    }
}
