using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace OpenAIWorker.Web.Window;

/// <summary>A page, rendered from a component that gets everything as parameters.</summary>
static class Page
{
    // Components use no services, and keep no state between pages.
    static readonly IServiceProvider None = new ServiceCollection().BuildServiceProvider();

    public static IResult Of<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent => Of<TComponent>(StatusCodes.Status200OK, parameters);

    public static IResult Of<TComponent>(int status, params (string Name, object? Value)[] parameters)
        where TComponent : IComponent =>
        new Rendered(typeof(TComponent), status, parameters.ToDictionary(one => one.Name, one => one.Value));

    public static IResult Of(RenderFragment page, int status = StatusCodes.Status200OK) =>
        new Rendered(typeof(Fragment), status, Fragment.Of(page));

    /// <summary>The HTML of a part that is sent when it changes.</summary>
    public static Task<string> Html(RenderFragment part) => Html(typeof(Fragment), Fragment.Of(part));

    static async Task<string> Html(Type component, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(None, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    sealed class Rendered(Type component, int status, Dictionary<string, object?> parameters) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var html = await Html(component, parameters);
            (httpContext.Response.StatusCode, httpContext.Response.ContentType) = (status, "text/html; charset=utf-8");
            await httpContext.Response.WriteAsync(html, Encoding.UTF8, httpContext.RequestAborted);
        }
    }

    // Parameters of components must be public; the pages' types are not.
    sealed class Fragment : IComponent
    {
        const string Name = "fragment";

        RenderHandle place;

        public static Dictionary<string, object?> Of(RenderFragment fragment) => new() { [Name] = fragment };

        public void Attach(RenderHandle renderHandle) => place = renderHandle;

        public Task SetParametersAsync(ParameterView parameters)
        {
            place.Render(parameters.GetValueOrDefault<RenderFragment>(Name)!);
            return Task.CompletedTask;
        }
    }
}
