using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Settings;
using OpenAIWorker.Web.OpenAI;

namespace OpenAIWorker.Web.Access;

/// <summary>The checks that a request passes before it is answered.</summary>
static class AccessRegistration
{
    // Protection against pages of other sites: only the worker's own scripts and styles run or load.
    const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "media-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    public static void AddAccess(this IServiceCollection services, WebOptions web, TokenBook tokens, SignedIn sessions)
    {
        services.AddSingleton(tokens).AddSingleton(sessions)
            .AddAuthentication(TokenAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        services.AddAuthorization(allowed =>
        {
            foreach (var role in WebRoles.All)
                allowed.AddPolicy(role, policy => policy.RequireRole(role));
            // An endpoint that names no role is closed to all but operators.
            allowed.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(WebRoles.Operate).Build();
        });
        services.AddHostFiltering(hosts => hosts.IncludeFailureMessage = false);
        // The decompressed size is limited like the body's.
        services.AddRequestDecompression();
        services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = Hosts(web));
        services.AddRateLimiter(limits => Bound(limits, web.RequestsPerMinute));
    }

    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app
        .UseToldHosts()
        .Use(next => context => Guard(context, next))
        .UseAuthentication()
        .UseRateLimiter()
        .UseRequestDecompression()
        .UseRoutingOfHead()
        .UseKnownAddresses()
        .UseAuthorization();

    // Against DNS rebinding: a page of another site whose name now points to this machine still sends its own Host.
    static List<string> Hosts(WebOptions web) => NameList.Of(web.Hosts) is { Length: > 0 } named
        ? [.. named]
        : web.Tokens.Count == 0 ? ["localhost", "127.0.0.1", "[::1]"] : ["*"];

    static Task Guard(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (ApiError.IsFor(context.Request))
            headers[ApiError.RequestId] = $"req_{Guid.NewGuid():N}";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return CrossOriginGuard.Lets(context.Request)
            ? next(context)
            : new WebProblem(StatusCodes.Status403Forbidden, "cross_origin",
                "Another site's page sent this request. Send it from the worker's own pages, or from a program.")
                .Write(context);
    }

    static void Bound(RateLimiterOptions limits, int perMinute)
    {
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(WhoOf(context), _ => new()
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(perMinute < 60 ? 60.0 / perMinute : 1),
                QueueLimit = 0,
            }));
        limits.OnRejected = (rejected, _) => new(new WebProblem(StatusCodes.Status429TooManyRequests, "rate_limited",
            "One token or address sent more requests than allowed (Web:RequestsPerMinute).").Write(
                rejected.HttpContext));
    }

    static string WhoOf(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { } name }
        ? $"token {name}"
        : $"address {context.Connection.RemoteIpAddress}";
}
