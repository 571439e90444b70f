using System.Text.Json;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Costs;

/// <summary>Rules for prices.</summary>
sealed class CostRules : IValidateOptions<CostsOptions>
{
    public ValidateOptionsResult Validate(string? name, CostsOptions options)
    {
        var broken = options.Prices.SelectMany(price => Broken($"Costs:Prices:{price.Key}", price.Value)).ToList();
        if (options.PriceFile is { Length: > 0 } file && WrongFile(file) is { } wrong)
            broken.Add(wrong);
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    static string? WrongFile(string file)
    {
        try
        {
            PriceTable.Read(file);
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            return $"Costs:PriceFile is '{file}', but the file cannot be read: {wrong.Message}";
        }
    }

    static IEnumerable<string> Broken(string path, PriceOptions price)
    {
        if (string.IsNullOrWhiteSpace(price.Models))
            yield return $"{path}:Models is missing. Name the models that have this price, joined by commas, such as "
                + "gpt-6-luna*.";
        if (price is { Input: null, Output: null, AudioMinute: null, Image: null })
            yield return $"{path} has no price. Give Input and Output, AudioMinute or Image; 0 for what is free.";
    }
}
