using System.Globalization;

namespace OpenAIWorker.Emulator.Replies;

/// <summary>The content of every recording: two people say one sentence each, half a second per word.</summary>
static class Transcript
{
    const double SecondsPerWord = 0.5;

    static readonly (string Speaker, string Text)[] Lines = [("A", "The broker holds everything that waits."),
        ("B", "And nothing is lost.")];

    public static string Text => string.Join(' ', Lines.Select(line => line.Text));

    public static double Duration => Words.Count() * SecondsPerWord;

    public static IEnumerable<(string Word, double Start, double End)> Words =>
        Text.Split(' ').Select((word, index) =>
            (word.TrimEnd('.'), index * SecondsPerWord, (index + 1) * SecondsPerWord));

    public static IEnumerable<(string Speaker, string Text, double Start, double End)> Segments
    {
        get
        {
            var start = 0.0;
            foreach (var (speaker, text) in Lines)
            {
                var end = start + (text.Split(' ').Length * SecondsPerWord);
                yield return (speaker, text, start, end);
                start = end;
            }
        }
    }

    public static string Srt =>
        string.Concat(Segments.Select((line, index) =>
            $"{index + 1}\n{Time(line.Start, ',')} --> {Time(line.End, ',')}\n{line.Text}\n\n"));

    public static string Vtt =>
        "WEBVTT\n\n" + string.Concat(
            Segments.Select(line => $"{Time(line.Start, '.')} --> {Time(line.End, '.')}\n{line.Text}\n\n"));

    static string Time(double seconds, char point) =>
        TimeSpan.FromSeconds(seconds)
            .ToString(point == ',' ? @"hh\:mm\:ss\,fff" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
