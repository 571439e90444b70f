namespace OpenAIWorker.Emulator.Replies;

/// <summary>What the model says: a text, or calls of functions.</summary>
sealed record Reply(string Text)
{
    public IReadOnlyList<FunctionCall> Calls { get; private init; } = [];

    /// <summary>Whether it was cut at the token limit.</summary>
    public bool IsCut { get; private init; }

    public int Tokens => Replies.Tokens.In(Text.Length);

    public static Reply To(Prompt prompt, int variant = 0) => prompt switch
    {
        { Functions.Count: > 0 } =>
            ThatCalls([.. prompt.Functions.Select(function =>
                new FunctionCall(function.Name, SchemaExample.Of(function.Parameters)))]),
        { Format: { IsJson: true, Schema: { } schema } } =>
            new Reply(SchemaExample.Of(schema)).Within(prompt.MaxOutputTokens),
        { Format.IsJson: true } => new Reply(AnyObject(prompt, variant)).Within(prompt.MaxOutputTokens),
        _ => new Reply(UpToStop(Sentences.For(prompt, variant), prompt.Stops)).Within(prompt.MaxOutputTokens),
    };

    static Reply ThatCalls(IReadOnlyList<FunctionCall> calls) =>
        new(string.Concat(calls.Select(call => call.Arguments))) { Calls = calls };

    Reply Within(int? maxTokens) => maxTokens is { } max && Tokens > max
        ? this with { Text = Text[..(max * Replies.Tokens.CharactersEach)], IsCut = true }
        : this;

    static string AnyObject(Prompt prompt, int variant) =>
        JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("answer", Sentences.For(prompt, variant));
            json.WriteEndObject();
        });

    static string UpToStop(string text, string[] stops)
    {
        var end = stops
            .Where(stop => stop is not "")
            .Select(stop => text.IndexOf(stop, StringComparison.Ordinal))
            .Where(index => index >= 0)
            .Append(text.Length)
            .Min();
        return text[..end];
    }
}
