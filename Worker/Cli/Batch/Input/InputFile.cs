using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>The input of jobs: a file, which can be read more than once, or a pipe, which cannot.</summary>
sealed class InputFile : IDisposable
{
    readonly Stream? once;
    string path;
    string? copy;

    InputFile(string name, string path, Stream? once) => (Name, this.path, this.once) = (name, path, once);

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>Whether it can be read more than once.</summary>
    public bool IsFile => once is null || copy is not null;

    /// <summary>The file's path; null for a pipe.</summary>
    public string? Path => once is null ? path : null;

    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static InputFile Open(string name)
    {
        if (name == StandardInput.Name)
            return new(name, name, StandardInput.Open());
        return FileRefusal.Of(name, () =>
        {
            if (Directory.Exists(name))
                throw new SettingsException([$"{name} is a folder. Name a file of jobs, or - for standard input."]);
            var stream = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!stream.CanSeek)
                return new InputFile(name, name, stream);
            stream.Dispose();
            return new InputFile(name, System.IO.Path.GetFullPath(name), null);
        });
    }

    /// <summary>Copies a pipe to a file, so that it can be read more than once.</summary>
    public async Task Copy(CancellationToken cancellation)
    {
        if (IsFile)
            return;
        var file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"worker-batch-{Guid.NewGuid():N}");
        await using (var stream = new FileStream(file, PrivateFile.New()))
        {
            copy = path = file;
            await once!.CopyToAsync(stream, CancellationToken.None).WaitAsync(cancellation);
        }
    }

    public Stream Read() => IsFile
        ? FileRefusal.Of(Name, () =>
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1 << 16))
        : once!;

    public void Dispose()
    {
        once?.Dispose();
        if (copy is not null)
            File.Delete(copy);
    }
}
