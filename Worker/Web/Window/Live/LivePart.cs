using Microsoft.AspNetCore.Components;

namespace OpenAIWorker.Web.Window.Live;

/// <summary>A part of a page that is sent again when it changes.</summary>
/// <param name="Id">The id of the element.</param>
/// <param name="Class">The CSS class for its panel's size; null: it has no panel of its own.</param>
/// <param name="Content">The content.</param>
sealed record LivePart(string Id, string? Class, RenderFragment Content);
