using System.CommandLine;
using System.Globalization;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>The ranges of numbers on the command line.</summary>
static class Ranges
{
    /// <summary>Both ends are allowed. The parser reports what is not a number.</summary>
    public static void Within(this Option option, decimal least, decimal most, string more = "") =>
        option.Validators.Add(given =>
    {
        if (given.Tokens is not [.., { Value: var text }])
            return;
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        // The parser accepts NaN and infinity as numbers.
        if (isNumber
            ? number < least || number > most
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            given.AddError(string.Create(CultureInfo.InvariantCulture,
                $"{option.Name} is '{text}'; allowed: {least} to {most}.{more}"));
    });
}
