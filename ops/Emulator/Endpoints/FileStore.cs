namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The files that were uploaded and are neither deleted nor expired, oldest first.</summary>
sealed class FileStore(TimeProvider time) : IDisposable
{
    readonly Lock gate = new();
    readonly List<KeptFile> kept = [];

    public IReadOnlyList<KeptFile> Read()
    {
        lock (gate)
        {
            Forget(file => file.ExpiresAt <= time.GetUtcNow());
            return [.. kept];
        }
    }

    public KeptFile? Find(string id) => Read().FirstOrDefault(file => file.Id == id);

    public void Keep(KeptFile file)
    {
        lock (gate)
        {
            kept.Add(file);
        }
    }

    public void Delete(KeptFile file)
    {
        lock (gate)
        {
            Forget(other => other == file);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            Forget(_ => true);
        }
    }

    void Forget(Predicate<KeptFile> which)
    {
        kept.FindAll(which).ForEach(file => file.Forget());
        kept.RemoveAll(which);
    }
}
