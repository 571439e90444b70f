using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Tools;

/// <summary>An MCP server in the API's form, with its secret from the settings.</summary>
static class McpBody
{
    // No approval can arrive while a job runs.
    const string Unasked = "never";

    public static JsonElement Of(McpTool tool, ServerOptions? known)
    {
        var body = new JsonBody
        {
            { "type", "mcp" },
            { "server_label", tool.Label },
            { "server_url", (known?.Url ?? tool.Url)?.ToString() },
            { "connector_id", known?.ConnectorId ?? tool.ConnectorId },
            { "authorization", known?.Authorization },
            { "headers", tool.Headers },
            { "server_description", tool.Description },
            { "allowed_tools", tool.AllowedTools },
            { "require_approval", tool.RequireApproval ?? Unasked },
        };
        return body.ToJson();
    }
}
