using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// Errors of OpenAI's document, and parts older than OpenAI's later announcements, each with its reason.
/// </summary>
static class DocumentExceptions
{
    public static readonly IReadOnlyList<DocumentException> All =
    [
        new("ModelResponseProperties", "/properties/safety_identifier/anyOf/0/maxLength", "128",
            "Up to 128 characters since the npm client 7.59."),
        new("CreateImageRequest", "/properties/output_format/enum", """["png","jpeg","webp","gif","svg"]""",
            "gif (a preview) and svg since the npm client 7.59."),
        new("CreateImageEditRequest", "/properties/output_format/enum", """["png","jpeg","webp","gif","svg"]""",
            "gif (a preview) and svg since the npm client 7.59."),
        new("EditImageBodyJsonParam", "/properties/output_format/anyOf/0/enum", """["png","jpeg","webp","gif","svg"]""",
            "gif (a preview) and svg since the npm client 7.59."),
        new("ImagesResponse", "/properties/output_format/enum", """["png","jpeg","webp","gif","svg"]""",
            "The answer repeats the format that was asked for."),
        new("Embedding", "/properties/embedding", """{"type":["array","string"],"items":{"type":"number"}}""",
            "With encoding_format base64 a vector is a text."),
        new("CreateModerationResponse", "/properties/results/items/required",
            """["flagged","categories","category_scores"]""",
            "The text-moderation models say nothing of the kinds of input."),
        new("CreateModerationResponse", "/properties/results/items/properties/categories/required",
            """["hate","sexual","violence"]""", "The text-moderation models know fewer categories."),
        new("CreateModerationResponse", "/properties/results/items/properties/category_scores/required",
            """["hate","sexual","violence"]""", "The text-moderation models know fewer categories."),
        new("OpenAIFile", "/properties/purpose/enum",
            """["assistants","assistants_output","batch","batch_output","fine-tune","fine-tune-results","visio"""
                + """n","user_data","evals"]""",
            "A file can be uploaded for evals, so it is listed for evals."),
        new("EasyInputMessage", "/properties/content",
            """{"oneOf":[{"type":"string"},{"type":"array","items":{"anyOf":"""
                + """[{"$ref":"#/components/schemas/InputContent"},{"type":"object","properties":{"type":{"enum":"""
                + """["output_text"]},"text":{"type":"string"}},"required":["type","text"]}]}}]}""",
            "The API takes of an assistant's message output_text alone: \"Supported values are: 'output_text' and "
                + "'refusal'\"."),
        new("MCPApprovalResponse", "/required", """["type","approve","approval_request_id"]""",
            "It requires a request_id that is none of its properties, and which OpenAI's libraries do not send."),
        .. EmptyLists,
    ];

    // An empty list has no first and no last.
    static IEnumerable<DocumentException> EmptyLists =>
        from list in (string[])["ListFilesResponse", "ListAssistantsResponse", "ListMessagesResponse",
            "ListRunsResponse", "ConversationItemList"]
        from end in (string[])["first_id", "last_id"]
        select new DocumentException(list, $"/properties/{end}/type", """["string","null"]""",
            "A list of nothing has no first and no last.");

    public static void Apply(IReadOnlyDictionary<string, JsonNode> schemas)
    {
        foreach (var exception in All)
            exception.Apply(schemas);
    }
}

/// <param name="Schema">Which of the document's schemas.</param>
/// <param name="Place">Where in it, as a JSON Pointer.</param>
/// <param name="Value">The correct value, as JSON.</param>
/// <param name="Reason">Why.</param>
sealed record DocumentException(string Schema, string Place, string Value, string Reason)
{
    public void Apply(IReadOnlyDictionary<string, JsonNode> schemas)
    {
        var steps = Place.Split('/')[1..];
        var owner = schemas[Schema];
        foreach (var step in steps[..^1])
            owner = (owner is JsonArray items
                ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
                : owner[step])
                ?? throw new InvalidOperationException(
                    $"{Schema} has no {Place}: the exception is of no use any more.");
        owner[steps[^1]] = JsonNode.Parse(Value);
    }
}
