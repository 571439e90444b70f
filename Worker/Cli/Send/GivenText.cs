using System.Text;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Send;

/// <summary>A text of a file or of standard input: UTF-8, or UTF-16 with a byte order mark.</summary>
static class GivenText
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="file">The file; <c>-</c> is standard input.</param>
    /// <exception cref="SettingsException">
    /// It is empty, as if the program before the pipe has failed, or has bytes that would be sent as question marks.
    /// </exception>
    public static string Of(string file)
    {
        var name = file == StandardInput.Name ? "Standard input" : file;
        // Not by Console.In, which takes the locale's encoding and needs Ctrl-D twice.
        using var reader = new StreamReader(
            file == StandardInput.Name ? StandardInput.Open() : GivenFile.Open(file), Strict);
        try
        {
            return reader.ReadToEnd() is var text && !string.IsNullOrWhiteSpace(text)
                ? text
                : throw new SettingsException([$"{name} is empty. Nothing was sent."]);
        }
        catch (DecoderFallbackException)
        {
            throw new SettingsException([$"{name} has bytes that are not UTF-8. Encode it in UTF-8."]);
        }
    }
}
