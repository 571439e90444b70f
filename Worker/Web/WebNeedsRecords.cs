using Microsoft.Extensions.Options;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web;

/// <summary>A worker without records has nothing to show, and no jobs to query.</summary>
sealed class WebNeedsRecords(IOptions<RecordsOptions> records) : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options) =>
        options.Port is null || records.Value.IsOn
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Web:Port is set, but Records:Keep is Nothing, so nothing is known of ended jobs. "
                    + "Set Records:Keep to Endings or Everything.");
}
