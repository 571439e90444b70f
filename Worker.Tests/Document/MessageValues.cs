using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Document;

/// <summary>Values of each optional member of a message.</summary>
static class MessageValues
{
    public static readonly JsonObject All = JsonNode.Parse("""
        {
          "model": ["gpt-6-luna"],
          "messages": [
            [{"role":"system","text":"a"},{"role":"developer","text":"b"},{"role":"user","text":"c"},{"role":"assistant","text":"d"},{"text":"json"}],
            [{"text":"json","images":[{"url":"https://a/x.png","detail":"low"},{"base64":"iVBORw0KGgo="}]}],
            [{"text":"json","images":[{"fileId":"file_1","detail":"original"}],"files":[{"url":"https://a/x.pdf","detail":"high"}]}],
            [{"text":"json","files":[{"fileId":"file_1"},{"base64":"eA==","fileName":"a.pdf","contentType":"application/pdf"}]}],
            [{"role":"assistant","text":"seen","images":[{"url":"https://a/x.png"}],"files":[{"fileId":"file_1"}]},{"text":"json"}],
            [{"role":"developer","text":"look","images":[{"url":"https://a/x.png"}]},{"text":"json"}],
            [{"text":"json","audio":[{"base64":"eA==","format":"mp3"}]}],
            [{"text":"json"},{"role":"assistant","text":"d","toolCalls":[{"id":"c","name":"f","arguments":"{}"}]},{"role":"tool","toolCallId":"c","text":"1"}],
            [{"text":"json"},{"role":"assistant","toolCalls":[{"id":"c","name":"f","arguments":"{}","namespace":"n"}]},{"role":"tool","toolCallId":"c","text":"1"}],
            [{"approvals":[{"id":"m","approve":true},{"id":"n","approve":false,"reason":"no"}]}],
            [{"role":"system","text":"json","cacheBreakpoint":true},{"role":"assistant","text":"a","cacheBreakpoint":true},{"text":"u","images":[{"url":"https://a/x.png"}],"cacheBreakpoint":true}]
          ],
          "instructions": ["Be brief."],
          "prompt": [{"id":"pmpt_1"}, {"id":"pmpt_1","version":"2","variables":{"name":"x","image":{"type":"input_image","image_url":"https://a/x.png","detail":"auto"}}}],
          "output": [{"type":"text"}, {"type":"jsonObject"}, {"type":"jsonSchema","schema":{"type":"object"}}, {"type":"jsonSchema","name":"n","description":"d","strict":true,"schema":{"type":"object","properties":{},"additionalProperties":false}}],
          "maxTokens": [16, 200000],
          "completions": [1, 128],
          "temperature": [0, 2],
          "topP": [0, 1],
          "frequencyPenalty": [-2, 2],
          "presencePenalty": [-2, 2],
          "stop": [["x"], ["a","b","c","d"]],
          "seed": [42],
          "logprobs": [true, false],
          "topLogprobs": [0, 20],
          "tools": [
            [{"function":{"name":"f"}}],
            [{"function":{"name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{},"additionalProperties":false}}},{"function":{"name":"g","strict":false}}],
            [{"webSearch":{}}],
            [{"webSearch":{"contextSize":"high","allowedDomains":["a.com"],"country":"DE","city":"Kiel","region":"SH","timeZone":"Europe/Berlin","externalWebAccess":false}}],
            [{"fileSearch":{"vectorStoreIds":["vs_1","vs_2"]}}],
            [{"fileSearch":{"vectorStoreIds":["vs_1"],"maxResults":50,"filters":{"type":"eq","key":"k","value":1},"ranker":"auto","scoreThreshold":0.5,"embeddingWeight":0.5,"textWeight":0.5}}],
            [{"codeInterpreter":{}}],
            [{"codeInterpreter":{"fileIds":["file_1"],"memoryLimit":"4g","allowedDomains":["a.com"]}}],
            [{"codeInterpreter":{"containerId":"cntr_1"}},{"codeInterpreter":{"allowedDomains":[]}}],
            [{"imageGeneration":{}}],
            [{"imageGeneration":{"model":"gpt-image-2","size":"1024x1024","quality":"high","background":"opaque","outputFormat":"webp","outputCompression":80,"moderation":"low","inputFidelity":"high","action":"auto","maskFileId":"file_1"}}],
            [{"mcp":{"label":"l","url":"https://a/mcp"}}],
            [{"mcp":{"label":"l","url":"https://a/mcp","description":"d","allowedTools":["t"],"requireApproval":"always","headers":{"X-A":"b"}}}],
            [{"function":{"name":"f"}},{"function":{"name":"g","description":"d","parameters":{"type":"object"}}}]
          ],
          "toolChoice": ["auto", "none", "required", "f", "webSearch", "fileSearch", "codeInterpreter", "imageGeneration", "l"],
          "allowedTools": [["f"]],
          "parallelToolCalls": [true, false],
          "maxToolCalls": [1],
          "maxToolRounds": [0],
          "reasoningEffort": ["none", "minimal", "low", "medium", "high", "xhigh"],
          "reasoningSummary": ["none", "auto", "concise", "detailed"],
          "reasoningMode": ["standard", "pro"],
          "reasoningContext": ["auto", "current_turn", "all_turns"],
          "verbosity": ["low", "medium", "high"],
          "serviceTier": ["auto", "default", "flex", "priority"],
          "promptCacheKey": ["k"],
          "store": [true, false],
          "storeMetadata": [{}, {"case":"81"}],
          "previousResponseId": ["resp_1"],
          "conversationId": ["conv_1"],
          "include": [["web_search_call.action.sources","reasoning.encrypted_content"]],
          "truncation": ["auto", "disabled"],
          "background": [true, false],
          "safetyIdentifier": ["user-5d41"],
          "simplify": [true, false],
          "extra": [{"prompt_cache_options":{"ttl":"30m"}}]
        }
        """)!.AsObject();
}
