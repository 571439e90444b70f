using Microsoft.Extensions.Options;

namespace OpenAIWorker.Storage.Records;

/// <summary>Rules for records beyond ranges.</summary>
sealed class RecordsRules : IValidateOptions<RecordsOptions>
{
    public ValidateOptionsResult Validate(string? name, RecordsOptions options)
    {
        var broken = Broken(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    // A wrong key is not shown.
    static IEnumerable<string> Broken(RecordsOptions options)
    {
        if (options.Key is { Length: > 0 } wanted && !options.Keys.ContainsKey(wanted))
            yield return $"Records:Key is '{wanted}', but there is no Records:Keys:{wanted}. Make one: openssl rand "
                + "-base64 32";
        foreach (var (id, key) in options.Keys)
        {
            if (ContentCipher.Read(key) is null)
                yield return $"Records:Keys:{id} is not a key of {ContentCipher.KeyLength} bytes in base64. Make one: "
                    + "openssl rand -base64 32";
        }
    }
}
