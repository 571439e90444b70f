using Microsoft.Extensions.Options;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage;

/// <summary>Rules for the database beyond ranges.</summary>
sealed class StorageRules : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var broken = Broken(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    static IEnumerable<string> Broken(StorageOptions options)
    {
        if (options is { Kind: StorageKind.SQLite, Replicas: > 1 })
            yield return $"Storage:Replicas is {options.Replicas}, but Storage:Kind is SQLite, a file that only one "
                + "worker can use. Set Storage:Kind to PostgreSQL, or Storage:Replicas to 1.";
        if (options.Kind != StorageKind.PostgreSQL)
        {
            if (!string.IsNullOrWhiteSpace(options.ConnectionString))
                yield return $"Storage:ConnectionString is set, but Storage:Kind is {options.Kind}, a file without a "
                    + "server. Set Storage:Kind to PostgreSQL; or remove Storage:ConnectionString, and name the file "
                    + "in Storage:Path.";
            yield break;
        }
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            yield return "Storage:ConnectionString is missing, but Storage:Kind is PostgreSQL. Set it to "
                + "Host=db;Database=worker;Username=worker;Password=…";
        else if (PostgresAddress.Problem(options.ConnectionString) is { } problem)
            yield return $"Storage:ConnectionString cannot be read. {problem} Allowed: "
                + "postgresql://worker:…@db/worker, host=db dbname=worker user=worker, and "
                + "Host=db;Database=worker;Username=worker;Password=….";
    }
}
