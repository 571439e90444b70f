namespace OpenAIWorker.Emulator.Shapes;

static class Words
{
    /// <summary>'a' · 'a' and 'b' · 'a', 'b', and 'c': as OpenAI lists supported values.</summary>
    public static string List(string[] values) => values switch
    {
        [] => "",
        [var only] => $"'{only}'",
        [var first, var second] => $"'{first}' and '{second}'",
        [.. var most, var last] => $"{string.Join(", ", most.Select(value => $"'{value}'"))}, and '{last}'",
    };
}
