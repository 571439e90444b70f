using System.Text.Json;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>An assistant in the store.</summary>
/// <param name="Id">Such as <c>asst_1</c>.</param>
/// <param name="Credential">The only credential that sees it.</param>
/// <param name="JobId">The job that created it.</param>
/// <param name="Name">Its name for people; others may have the same.</param>
/// <param name="Definition">OpenAI's assistant object.</param>
/// <param name="Version">Counts changes, from 1.</param>
sealed record StoredAssistant(
    string Id, string Credential, string JobId, string? Name, JsonElement Definition, long Version = 1);
