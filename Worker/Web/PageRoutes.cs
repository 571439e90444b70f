using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace OpenAIWorker.Web;

/// <summary>Where a page and an answer for programs share an address, who asks for HTML gets the page.</summary>
static class PageRoutes
{
    /// <summary>It answers with a page.</summary>
    public static TBuilder AsPage<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(IsPage.Instance);

    /// <summary>Whether a person's browser asks.</summary>
    public static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    sealed class IsPage
    {
        public static readonly IsPage Instance = new();
    }

    public sealed class Policy : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(Is);

        public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
        {
            var wanted = WantsPage(httpContext.Request);
            var fit = Enumerable.Range(0, candidates.Count)
                .Where(candidates.IsValidCandidate).ToList();
            if (fit.Exists(index => Is(candidates[index].Endpoint) == wanted))
                fit.ForEach(index => candidates.SetValidity(index, Is(candidates[index].Endpoint) == wanted));
            return Task.CompletedTask;
        }

        static bool Is(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IsPage>() is not null;
    }
}
