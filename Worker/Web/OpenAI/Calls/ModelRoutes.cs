using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Costs;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.OpenAI.Calls;

/// <summary><c>/v1/models</c>: the models that jobs have used, and those that have a price.</summary>
sealed class ModelRoutes(LineRecords records, PriceList prices) : IWebRoutes
{
    const string Path = ApiError.Prefix + "/models";
    const string Owner = "openai-worker";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List).RequireAuthorization(WebRoles.Read);
        routes.MapGet(Path + "/{**name}", Get).RequireAuthorization(WebRoles.Read);
    }

    async Task List(HttpContext context) => await ApiJson.Write(context, new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. (await Known(context)).OrderBy(model => model.Key, StringComparer.Ordinal)
            .Select(model => Shape(model.Key, model.Value))]),
    });

    async Task Get(HttpContext context)
    {
        // SDKs write the / of a name such as org/model as %2F, which stays so in the rest of a path.
        var name = ((string)context.GetRouteValue("name")!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        await ApiJson.Write(context, (await Known(context)).TryGetValue(name, out var since)
            ? Shape(name, since)
            : throw new WebProblem(StatusCodes.Status404NotFound, "model_not_found",
                $"No job has used the model '{Excerpt.Marked(name, 100)}' yet, and it has no price. It can still be "
                    + "used, if the provider has it.")
            { Member = "model" }.Thrown());
    }

    async Task<Dictionary<string, long>> Known(HttpContext context)
    {
        var known = prices.Names.ToDictionary(name => name, _ => 0L);
        foreach (var (name, since) in await records.Models(Visitor.Of(context).Tenant, context.RequestAborted))
            known[name] = since.ToUnixTimeSeconds();
        return known;
    }

    static JsonObject Shape(string name, long created) => new()
    {
        ["id"] = name,
        ["object"] = "model",
        ["created"] = created,
        ["owned_by"] = Owner,
    };
}
