using OpenAIWorker.Assistants;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>The note of a job: each has one, also where two operations have jobs of the same name.</summary>
sealed class JobNotes(NoteStore store)
{
    public Task<Note?> Find(JobRequest request, CancellationToken cancellation) => store.Find(OpenAIClients.KeyOf(request), KeyOf(request), cancellation);

    /// <summary>Notes it, unless the job has a note; returns what is noted.</summary>
    public Task<Note> Add(JobRequest request, Note note, CancellationToken cancellation) => store.Add(OpenAIClients.KeyOf(request), KeyOf(request), note, cancellation);

    static string KeyOf(JobRequest request) => $"{OperationCatalog.For(request.GetType()).Name}/{request.JobId}";
}
