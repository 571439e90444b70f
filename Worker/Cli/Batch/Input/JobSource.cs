using System.Runtime.CompilerServices;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>The jobs of the input: lines of JSON or rows of a table.</summary>
sealed class JobSource
{
    readonly InputFile input;
    readonly LineDefaults defaults;
    readonly string name;
    readonly bool isTable;
    IAsyncEnumerator<JobLine>? begun;
    LineFormat? format;

    JobSource(InputFile input, string name, bool isTable, LineDefaults defaults) =>
        (this.input, this.name, this.isTable, this.defaults) = (input, name, isTable, defaults);

    /// <summary>The table's columns; empty for lines of JSON.</summary>
    public IReadOnlyList<string> Columns { get; private init; } = [];

    /// <summary>The first lines, at most <see cref="FirstLook.Lines"/>.</summary>
    public IReadOnlyList<JobLine> First { get; private set; } = [];

    /// <summary>Opens the input and reads its first lines.</summary>
    /// <exception cref="SettingsException">A batch cannot run this input.</exception>
    public static async Task<JobSource> Open(InputFile input, bool isTable, LineDefaults defaults,
        CancellationToken cancellation)
    {
        if (isTable)
        {
            await input.Copy(cancellation);
            if (defaults.Prompt is null && defaults.Sets.Count == 0)
                throw new SettingsException(
                    [
                        "--prompt is missing: it makes a job of each row, such as --prompt \"Translate to French: "
                            + "{text}\"."]);
        }
        var name = input.Name == StandardInput.Name ? "stdin" : Path.GetFileNameWithoutExtension(input.Name);
        var source = new JobSource(input, name, isTable, defaults) { Columns = isTable ? await ColumnsOf(input) : [] };
        await source.Look(cancellation);
        return source;
    }

    /// <summary>All lines. A pipe can be read only once.</summary>
    public IAsyncEnumerable<JobLine> Read(CancellationToken cancellation) =>
        begun is null ? Anew(cancellation) : Rest();

    /// <summary>Counts all lines, or the first ones, without making jobs of them.</summary>
    public async Task<long> Count(long most, CancellationToken cancellation)
    {
        if (isTable)
            return await Anew(cancellation).Take((int)Math.Min(most, int.MaxValue)).LongCountAsync(cancellation);
        await using var stream = input.Read();
        var lines = 0L;
        await foreach (var _ in LineReader.Read(stream, cancellation))
            if (++lines == most)
                break;
        return lines;
    }

    /// <summary>Makes sure that the input can be read more than once.</summary>
    public async Task Copy(CancellationToken cancellation)
    {
        if (begun is not null)
            throw new InvalidOperationException("The input is being read.");
        await input.Copy(cancellation);
    }

    async Task Look(CancellationToken cancellation)
    {
        var lines = input.IsFile
            ? Anew(cancellation).GetAsyncEnumerator(cancellation)
            : begun = Anew(cancellation).GetAsyncEnumerator(cancellation);
        var first = new List<JobLine>();
        while (first.Count < FirstLook.Lines && await lines.MoveNextAsync())
            first.Add(lines.Current);
        First = first;
        format = first.Find(line => !line.IsForeign)?.Format;
        if (input.IsFile)
            await lines.DisposeAsync();
    }

    async IAsyncEnumerable<JobLine> Rest()
    {
        foreach (var line in First)
            yield return line;
        while (await begun!.MoveNextAsync())
            yield return begun.Current;
    }

    async IAsyncEnumerable<JobLine> Anew([EnumeratorCancellation] CancellationToken cancellation)
    {
        var stream = input.Read();
        try
        {
            if (isTable)
            {
                await foreach (var row in new TableJobs(name, defaults).Read(stream, cancellation))
                    yield return row;
                yield break;
            }
            var lines = new JobLines(name, defaults) { Format = format };
            await foreach (var raw in LineReader.Read(stream, cancellation))
                yield return lines.Read(raw);
        }
        finally
        {
            if (input.IsFile)
                await stream.DisposeAsync();
        }
    }

    static async Task<IReadOnlyList<string>> ColumnsOf(InputFile input)
    {
        await using var stream = input.Read();
        return await TableJobs.Columns(stream);
    }
}
