using Microsoft.AspNetCore.Components;

namespace OpenAIWorker.Web.Window.Live;

/// <summary>A part of a page that is sent anew when it changes.</summary>
/// <param name="Id">The element's.</param>
/// <param name="Class">How large its panel is; null: it has none of its own.</param>
/// <param name="Content">What is inside.</param>
sealed record LivePart(string Id, string? Class, RenderFragment Content);
