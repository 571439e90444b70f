using System.Text;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Refusals that only names, numbers and words explain: one call, and the code that says who can fix it.
/// </summary>
public sealed class ProviderWordSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Json = "application/json";

    static readonly (string Name, int Status, string Body, string Code)[] Table =
    [
        ("vllm decoder", 400,
            """{"object":"error","message":"The decoder prompt (length 5000) is longer than the maximum model """
                + """length of 4096. Make sure that max_model_len is no smaller.","type":"BadRequestError","code":"""
                + """400}""", "context_length_exceeded"),
        ("bedrock tokens", 400, """{"message":"Number of input tokens exceeds maximum length"}""",
            "context_length_exceeded"),
        ("anthropic limit", 400,
            """{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` """
                + """exceed context limit: 190000 + 20000 > 200000"}}""", "context_length_exceeded"),
        ("moonshot limit", 400,
            """{"error":{"message":"Invalid request: Your request exceeded model token limit: """
                + """8192","type":"invalid_request_error"}}""", "context_length_exceeded"),
        ("tgi inputs", 422,
            """{"error":"Input validation error: `inputs` must have less than 4096 tokens. Given: """
                + """5000","error_type":"validation"}""", "context_length_exceeded"),
        ("siliconflow length", 400,
            """{"code":20015,"message":"length of prompt_tokens (5000) must be less than max_seq_len """
                + """(4096).","data":null}""", "context_length_exceeded"),
        ("dashscope range", 400,
            """{"error":{"code":"invalid_parameter_error","message":"Range of input length should be [1, """
                + """30720]","type":"invalid_request_error"}}""", "context_length_exceeded"),
        ("zhipu long", 400, """{"error":{"code":"1261","message":"Prompt 超长"}}""", "context_length_exceeded"),
        ("llama.cpp shift", 500,
            """{"error":{"code":500,"message":"context shift is disabled","type":"server_error"}}""",
            "context_length_exceeded"),
        ("minimax long", 200,
            """{"id":"x","choices":null,"base_resp":{"status_code":1039,"status_msg":"token limit"}}""",
            "context_length_exceeded"),
        ("gemini long", 400,
            """{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of """
                + """tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}""", "context_length_exceeded"),
        ("too many for the answer", 400,
            """{"error":{"message":"max_tokens is too large: 50000. This model supports at most 16384 completion """
                + """tokens.","type":"invalid_request_error","param":"max_tokens","code":"invalid_value"}}""",
                "invalid_request"),
        ("bedrock identifier", 400, """{"message":"The provided model identifier is invalid."}""", "model_not_found"),
        ("azure operation", 400,
            """{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with """
                + """the specified model, davinci. Please choose different model and try again."}}""",
                "model_not_found"),
        ("huggingface model", 400,
            """{"error":{"message":"The requested model 'x' is not supported by any provider you have """
                + """enabled.","type":"invalid_request_error","param":"model","code":"model_not_supported"}}""",
                "model_not_found"),
        ("zhipu model", 400, """{"error":{"code":"1211","message":"模型不存在，请检查模型代码。"}}""", "model_not_found"),
        ("bedrock foundation", 404,
            """{"message":"Could not resolve the foundation model from the provided model identifier."}""",
            "model_not_found"),
        ("bedrock old", 404, """{"message":"This model version has reached the end of its life."}""",
            "model_not_found"),
        ("anthropic model", 404, """{"type":"error","error":{"type":"not_found_error","message":"model: claude-9"}}""",
            "model_not_found"),
        ("moonshot model", 404,
            """{"error":{"message":"Not found the model kimi-9 or Permission """
                + """denied","type":"resource_not_found_error"}}""", "model_not_found"),
        ("bedrock access", 403, """{"message":"You don't have access to the model with the specified model ID."}""",
            "model_not_found"),
        ("github access", 403,
            """{"error":{"code":"no_access","message":"No access to model: gpt-5","details":"No access to model: """
                + """gpt-5"}}""", "model_not_found"),
        ("litellm access", 401,
            """{"error":{"message":"key not allowed to access model. This key can only access models=['a']. Tried """
                + """to access b","type":"key_model_access_denied","param":"model","code":"401"}}""",
                "model_not_found"),
        ("litellm team", 401,
            """{"error":{"message":"Invalid model for team t: m. Valid models for team are: """
                + """['a']","type":"None","param":"None","code":"401"}}""", "model_not_found"),
        ("a key with a model beside", 401,
            """{"error":{"message":"Incorrect API key provided: sk-***. You do not have access to model m with """
                + """it.","code":"invalid_api_key"}}""", "unauthorized"),
        ("deepseek risk", 400,
            """{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":"""
                + """null,"code":"invalid_request_error"}}""", "content_policy"),
        ("litellm policy", 400,
            """{"error":{"message":"litellm.ContentPolicyViolationError: AzureException - refused","type":"""
                + """null,"param":null,"code":"400"}}""", "content_policy"),
        ("litellm policy at 500", 500,
            """{"error":{"message":"litellm.ContentPolicyViolationError: AzureException - refused","code":"500"}}""",
            "content_policy"),
        ("zhipu unsafe", 400,
            """{"contentFilter":[{"level":1}],"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容"}}""",
            "content_policy"),
        ("groq moderation", 400,
            """{"error":{"message":"The request was """
                + """refused","type":"invalid_request_error","code":"content_moderation"}}""", "content_policy"),
        ("cloudflare unsafe", 400,
            """{"success":false,"errors":[{"code":2016,"message":"AiError: the request was stopped"}],"messages":"""
                + """[],"result":null}""", "content_policy"),
        ("xai guidelines", 403,
            """{"code":"The caller does not have permission to execute the specified operation","error":"Content """
                + """violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}""", "content_policy"),
        ("minimax sensitive", 200,
            """{"id":"x","choices":null,"base_resp":{"status_code":1026,"status_msg":"input new_sensitive"}}""",
            "content_policy"),
        ("storage", 507, """{"error":{"message":"Insufficient storage"}}""", "provider_error"),
        ("headers too large", 494, """{"error":{"message":"Request header too large"}}""", "request_too_large"),
    ];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task Words_decide_where_a_status_does_not(int row, string name) => scene.Try(new(
        name.Replace(' ', '-'), ProviderSocket.Http(Table[row].Status, Json, Table[row].Body), Messages.SmallestChat,
        $$"""{"code":"{{Table[row].Code}}","kind":"permanent"}"""));

    [Fact]
    public Task A_rate_limit_behind_a_500_uses_no_attempt() => scene.Try(new(
        "wrapped", ProviderSocket.Http(500, Json,
            """{"error":{"message":"litellm.RateLimitError: RateLimitError: OpenAIException - slow """
                + """down","code":"500"}}"""),
        Messages.SmallestChat, """{"delayed":"rate_limited"}"""));

    [Theory]
    [InlineData(400, """{"message":["x must be a string"],"error":"Bad Request","statusCode":400}""",
        "Bad Request: x must be a string")]
    [InlineData(400, """{"title":"One or more validation errors occurred.","errors":{"messages":["is required"]}}""",
        "One or more validation errors occurred.: messages: is required")]
    [InlineData(400, """{"error":"invalid_scope","error_description":"The scope is too wide"}""",
        "invalid_scope: The scope is too wide")]
    public Task All_that_a_refusal_says_is_told(int status, string body, string words) => scene.Try(new(
        "words", ProviderSocket.Http(status, Json, body), Messages.SmallestChat,
        $$"""{"code":"invalid_request","message":"~{{words}}"}"""));

    [Theory]
    [InlineData(405, "no such page", "no such page. This provider")]
    [InlineData(405, "No such page!", "No such page! This provider")]
    [InlineData(301, "Moved", "Moved. The base URL")]
    public Task What_is_added_to_a_refusal_is_a_sentence_of_its_own(int status, string words, string told) => scene.Try(
        new("sentences", ProviderSocket.Http(status, "text/plain", words), Messages.SmallestChat,
        $$"""{"code":"not_found","remedy":"operator","message":"~{{told}}"}"""));

    [Fact]
    public Task A_304_is_the_answer_of_a_cache() => scene.Try(new(
        "cached", ProviderSocket.Http(304, null, ""), Messages.SmallestChat,
        """{"code":"not_found","remedy":"operator","message":"~A cache or a proxy answered"}"""));

    [Theory]
    [InlineData("""{"error":{"message":"a"}} {"more":1}""", true)]
    [InlineData(" a \0 b ", true)]
    [InlineData("42", false)]
    [InlineData("null", false)]
    [InlineData("""{"error":"a","error":"b"}""", false)]
    public void An_error_body_stays_as_it_was(string body, bool isText)
    {
        var kept = ErrorReading.Of(Encoding.UTF8.GetBytes(body))!.Body!.Value;

        Assert.Equal(body, isText ? kept.GetString() : kept.GetRawText());
    }
}
