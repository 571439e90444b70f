using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>The assistants of all credentials, for an operator.</summary>
sealed class AssistantList(Database database)
{
    public Task<List<StoredAssistant>> Newest(int most, CancellationToken cancellation) => database.Read(session =>
        session.Rows(
            $"SELECT {AssistantStore.Columns} FROM assistants WHERE deleted_at IS NULL "
                + "ORDER BY number DESC LIMIT @most",
            AssistantStore.Read, ("most", most)), cancellation);
}
