using System.CommandLine;
using System.Globalization;

namespace OpenAIWorker.Cli;

/// <summary>What a number on the command line may be.</summary>
static class Ranges
{
    /// <summary>Both ends are allowed. What is no number is said by the parser.</summary>
    public static void Within(this Option option, decimal least, decimal most, string more = "") =>
        option.Validators.Add(given =>
    {
        if (given.Tokens is not [.., { Value: var text }])
            return;
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        // NaN, and what is beyond all bounds, are numbers to the parser.
        if (isNumber
            ? number < least || number > most
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            given.AddError(string.Create(CultureInfo.InvariantCulture,
                $"{option.Name} is '{text}', allowed are {least} to {most}.{more}"));
    });
}
