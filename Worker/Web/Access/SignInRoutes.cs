using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Web.Window;

namespace OpenAIWorker.Web.Access;

/// <summary>Signs a person in with a token, and out.</summary>
sealed class SignInRoutes(TokenBook tokens, SignedIn sessions) : IWebRoutes
{
    public const string Path = "/sign-in";
    const string Home = "/";
    const int LongestForm = 4096;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (string? to) => Page(to, false)).AllowAnonymous();
        routes.MapPost(Path, (Delegate)SignIn).AllowAnonymous();
        routes.MapPost("/sign-out", SignOut).AllowAnonymous();
    }

    async Task<IResult> SignIn(HttpContext context)
    {
        if (context.Request.ContentLength is null or > LongestForm || !context.Request.HasFormContentType)
            return Page(null, true);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = form["to"].ToString();
        if (tokens.Find(form["token"].ToString().Trim()) is not { } visitor)
            return Page(to, true);
        var (value, until) = sessions.Issue(visitor.Name);
        context.Response.Cookies.Append(SignedIn.Cookie, value, new()
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Expires = until,
        });
        return Results.LocalRedirect(Own(to));
    }

    static IResult SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(SignedIn.Cookie);
        return Results.LocalRedirect(Path);
    }

    // Never redirects to another site.
    static string Own(string? to) => to is ['/', not ('/' or '\\'), ..] or "/" && !to.Any(char.IsControl) ? to : Home;

    static IResult Page(string? to, bool isWrong) => Window.Page.Of<SignInPage>(
        isWrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        (nameof(SignInPage.To), Own(to)), (nameof(SignInPage.IsWrong), isWrong));
}
