using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Assistants;

/// <summary>Whether the server that keeps assistants answers. A file is not tried: that would make it.</summary>
static class StoreProbe
{
    public static async Task<IReadOnlyList<ProbeReport>> Run(IServiceProvider services, CancellationToken cancellation)
    {
        const string what = "assistants in PostgreSQL";
        if (services.GetRequiredService<IOptions<AssistantsOptions>>().Value.Store != AssistantsStore.PostgreSQL)
            return [];
        try
        {
            await services.GetRequiredService<Database>().Prepare(cancellation);
            return [new(what, true, "it answers, and has its tables")];
        }
        catch (DbException broken)
        {
            return [new(what, false, broken.GetBaseException().Message)];
        }
    }
}
