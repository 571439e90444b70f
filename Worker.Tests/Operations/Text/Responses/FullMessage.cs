using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Operations.Text.Responses;

/// <summary>A message with every member set, and its form in the Responses API.</summary>
static class FullMessage
{
    public static readonly JsonElement Schema =
        JsonElement.Parse(
            """{"type":"object","properties":{"age":{"type":"integer"}},"required":["age"],"additionalProperties":"""
                + """false}""");

    public static readonly MessageModel Job = new()
    {
        Model = "m",
        Messages =
        [
            new() { Role = "developer", Text = "Be brief." },
            new()
            {
                Text = "Look",
                Images = [new() { Url = "https://example.com/a.png", Detail = "low" }, new() { FileId = "file-1" },
                    new() { Base64 = "AAAA", ContentType = "image/jpeg" }],
                Files = [new() { FileId = "file-2" }, new() { Base64 = "AAAA", FileName = "a.pdf" },
                    new() { Url = "https://example.com/b.pdf" }],
            },
            new() { Role = "assistant", Text = "I see.",
                ToolCalls = [new() { Id = "c1", Name = "f", Arguments = "{}" }] },
            new() { Role = "tool", ToolCallId = "c1", Text = "done" },
        ],
        Instructions = "In German.",
        Output = new()
        {
            Type = OutputType.JsonSchema,
            Name = "person",
            Schema = Schema,
            Description = "A person",
            Strict = true
        },
        MaxTokens = 500,
        Temperature = 0.5,
        TopP = 0.9,
        TopLogprobs = 3,
        Tools =
        [
            new() { Function = new() { Name = "f", Description = "A function", Strict = false } },
            new() { WebSearch = new() { ContextSize = "low", AllowedDomains = ["example.com"], Country = "DE",
                City = "Bonn", Region = "NRW" } },
            new() { FileSearch = new() { VectorStoreIds = ["vs_1"], MaxResults = 5 } },
            new() { CodeInterpreter = new() { FileIds = ["file-3"] } },
            new() { CodeInterpreter = new() { ContainerId = "cntr_1" } },
            new() { Other = JsonElement.Parse("""{"type":"mcp","server_label":"s"}""") },
        ],
        ToolChoice = "auto",
        ParallelToolCalls = false,
        MaxToolCalls = 4,
        MaxToolRounds = 3,
        ReasoningEffort = "low",
        ReasoningSummary = "auto",
        Verbosity = "low",
        ServiceTier = "flex",
        PromptCacheKey = "k",
        SafetyIdentifier = "u1",
        Store = true,
        StoreMetadata = new Dictionary<string, string> { ["order"] = "42" },
        ConversationId = "conv_1",
        Include = ["web_search_call.action.sources"],
        Truncation = "auto",
        Background = false,
        Metadata = new Dictionary<string, string> { ["mine"] = "stays here" },
    };

    public const string Body = """
        {
          "model": "m",
          "input": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [
              {"type": "input_text", "text": "Look"},
              {"type": "input_image", "image_url": "https://example.com/a.png", "detail": "low"},
              {"type": "input_image", "file_id": "file-1", "detail": "auto"},
              {"type": "input_image", "image_url": "data:image/jpeg;base64,AAAA", "detail": "auto"},
              {"type": "input_file", "file_id": "file-2"},
              {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"},
              {"type": "input_file", "file_url": "https://example.com/b.pdf"}]},
            {"role": "assistant", "content": "I see."},
            {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "c1", "output": "done"}],
          "instructions": "In German.",
          "max_output_tokens": 500,
          "temperature": 0.5,
          "top_p": 0.9,
          "top_logprobs": 3,
          "tools": [
            {"type": "function", "name": "f", "description": "A function", "parameters": {"type": "object", "properties": {}, "additionalProperties": false}, "strict": false},
            {"type": "web_search", "search_context_size": "low", "filters": {"allowed_domains": ["example.com"]},
             "user_location": {"type": "approximate", "country": "DE", "city": "Bonn", "region": "NRW"}},
            {"type": "file_search", "vector_store_ids": ["vs_1"], "max_num_results": 5},
            {"type": "code_interpreter", "container": {"type": "auto", "file_ids": ["file-3"]}},
            {"type": "code_interpreter", "container": "cntr_1"},
            {"type": "mcp", "server_label": "s"}],
          "tool_choice": "auto",
          "parallel_tool_calls": false,
          "max_tool_calls": 4,
          "reasoning": {"effort": "low", "summary": "auto"},
          "text": {"format": {"type": "json_schema", "name": "person", "schema": {"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"], "additionalProperties": false}, "description": "A person", "strict": true}, "verbosity": "low"},
          "service_tier": "flex",
          "prompt_cache_key": "k",
          "safety_identifier": "u1",
          "store": true,
          "metadata": {"order": "42"},
          "conversation": "conv_1",
          "include": ["web_search_call.action.sources", "message.output_text.logprobs"],
          "truncation": "auto",
          "background": false
        }
        """;
}
