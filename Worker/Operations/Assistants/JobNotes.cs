using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Assistants;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>The note of a job: each has one, also where two operations have jobs of the same name.</summary>
sealed class JobNotes(NoteStore store, JobOwners owners)
{
    public Task<Note?> Find(JobRequest request, CancellationToken cancellation) =>
        store.Find(owners.OwnerOf(request), owners.KeyOf(request), cancellation);

    /// <summary>Notes it, unless the job has a note; returns what is noted.</summary>
    public Task<Note> Add(JobRequest request, Note note, CancellationToken cancellation) =>
        store.Add(owners.OwnerOf(request), owners.KeyOf(request), note, cancellation);

    /// <summary>Notes another place in the same thing.</summary>
    public Task<Note> Move(JobRequest request, Note note, string? lastId, CancellationToken cancellation) =>
        store.Move(owners.OwnerOf(request), owners.KeyOf(request), note with { LastId = lastId }, cancellation);

    /// <summary>Where the next job began in the same thing; null where none did.</summary>
    public Task<Note?> Next(JobRequest request, Note note, CancellationToken cancellation) =>
        store.Next(owners.OwnerOf(request), owners.KeyOf(request), note, cancellation);
}
