using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Assistants;

namespace OpenAIWorker.Operations.Assistants.Notes;

/// <summary>The note of a job. Jobs of different operations have separate notes, even with the same id.</summary>
sealed class JobNotes(NoteStore store, JobOwners owners)
{
    public Task<Note?> Find(JobRequest request, CancellationToken cancellation) =>
        store.Find(owners.OwnerOf(request), owners.KeyOf(request), cancellation);

    /// <summary>Adds the note, unless the job has one; returns the stored note.</summary>
    public Task<Note> Add(JobRequest request, Note note, CancellationToken cancellation) =>
        store.Add(owners.OwnerOf(request), owners.KeyOf(request), note, cancellation);

    /// <summary>Changes the note's position in the same thing.</summary>
    public Task<Note> Move(JobRequest request, Note note, string? lastId, CancellationToken cancellation) =>
        store.Move(owners.OwnerOf(request), owners.KeyOf(request), note with { LastId = lastId }, cancellation);

    /// <summary>Where the next job began in the same thing; null if there is none.</summary>
    public Task<Note?> Next(JobRequest request, Note note, CancellationToken cancellation) =>
        store.Next(owners.OwnerOf(request), owners.KeyOf(request), note, cancellation);
}
