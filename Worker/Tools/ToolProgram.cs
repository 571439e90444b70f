using System.Buffers;
using System.Diagnostics;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Tools;

/// <summary>
/// A function that is a program. It ends when the program ends or its time is over, together with all programs that it
/// started.
/// </summary>
static class ToolProgram
{
    const int LongestError = 1000;

    // When the program has ended, the rest in the pipes is read at once, unless another process still writes.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // The part of the worker's environment that a program gets: the rest may be secret.
    static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP"];

    public static async Task<ToolAnswered> Run(ToolOptions tool, CallTool call, CancellationToken cancellation)
    {
        var mark = Guid.NewGuid().ToString("N");
        using var program = Process.Start(Start(tool, call, mark))!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var output = new BoundedOutput(program.StandardOutput.BaseStream, LocalTools.LongestAnswer, over.Cancel);
        var errors = new BoundedOutput(program.StandardError.BaseStream, LongestError, () => { });
        try
        {
            await Give(program, call.Arguments.GetRawText(), over.Token);
            await program.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException) when (output.IsTooLong && !cancellation.IsCancellationRequested)
        {
            return new() { Error = $"The tool answered more than {LocalTools.LongestAnswer} bytes." };
        }
        finally
        {
            ToolProcesses.End(program, mark);
        }
        // The answer is complete, even if another process still holds the pipe.
        await Task.WhenAny(Task.WhenAll(output.Read, errors.Read), Task.Delay(Rest, CancellationToken.None));
        if (output.IsTooLong)
            return new() { Error = $"The tool answered more than {LocalTools.LongestAnswer} bytes." };
        return program.ExitCode == 0
            ? new() { Text = output.Text }
            : new()
            {
                Error = $"The tool ended with {program.ExitCode}: "
                + $"{Excerpt.Of(errors.Text.Trim(), LongestError)}"
            };
    }

    static ProcessStartInfo Start(ToolOptions tool, CallTool call, string mark)
    {
        var start = new ProcessStartInfo(ProgramFile.Of(tool.Command!),
            tool.Arguments ?? "")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        start.Environment["TOOL_CALL_ID"] = call.CallId;
        start.Environment["TOOL_NAME"] = call.Name;
        start.Environment["JOB_ID"] = call.JobId;
        start.Environment[ToolProcesses.Mark] = mark;
        return start;
    }

    // A program need not read its input.
    static async Task Give(Process program, string arguments, CancellationToken cancellation)
    {
        try
        {
            await program.StandardInput.WriteAsync(arguments.AsMemory(), cancellation);
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, or closed its input.
        }
    }

    /// <summary>
    /// A program's output, up to a limit; the rest is read and discarded, so that the program is not blocked.
    /// </summary>
    sealed class BoundedOutput
    {
        readonly ArrayBufferWriter<byte> kept = new();
        readonly Lock guard = new();

        public BoundedOutput(Stream pipe, int most, Action tooMany) => Read = Drain(pipe, most, tooMany);

        /// <summary>Completes at the end of the pipe.</summary>
        public Task Read { get; }

        public bool IsTooLong { get; private set; }

        public string Text
        {
            get
            {
                lock (guard)
                    return Encoding.UTF8.GetString(kept.WrittenSpan);
            }
        }

        async Task Drain(Stream pipe, int most, Action tooMany)
        {
            var buffer = new byte[8192];
            try
            {
                for (int read; (read = await pipe.ReadAsync(buffer)) > 0;)
                {
                    var room = most - kept.WrittenCount;
                    lock (guard)
                        kept.Write(buffer.AsSpan(0, Math.Min(read, room)));
                    if (read <= room || IsTooLong)
                        continue;
                    IsTooLong = true;
                    tooMany();
                }
            }
            catch (Exception closed) when (
                closed is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The program has ended.
            }
        }
    }
}
