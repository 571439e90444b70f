using System.Diagnostics;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>How the programs of <c>ops/samples</c> are started.</summary>
static class SampleProgram
{
    const string Python = "/usr/bin/python3";

    // Debian's own Python has Debian's packages; another one on the PATH may not have them.
    static string PythonProgram => File.Exists(Python) ? Python : "python3";

    /// <summary>Starts one that sends a question.</summary>
    public static Process Ask(string language, string question, IReadOnlyDictionary<string, string> environment)
    {
        switch (language)
        {
            case "dotnet":
                return Start("dotnet", [Built("dotnet", "ask.dll"), question], environment);
            case "python":
                return Start(WithPika(), [Repository.PathOf("ops/samples/python/ask.py"), question], environment);
            case "node":
                ForeignProgram.Needs("node", "ops/samples/node/node_modules",
                    "npm ci --prefix ops/samples/node, as ops/test does");
                return Start("node", [Repository.PathOf("ops/samples/node/ask.js"), question], environment);
            default:
                ForeignProgram.Needs("curl", "ops/samples/shell/ask.sh", "take the sample from the repository");
                return Start(Repository.PathOf("ops/samples/shell/ask.sh"), [question], environment);
        }
    }

    /// <summary>Starts one that answers calls of a function, until it is killed.</summary>
    public static Process Answer(string language, IReadOnlyDictionary<string, string> environment) =>
        language == "dotnet"
        ? Start("dotnet", [Built("dotnet-tool", "tool.dll")], environment)
        : Start(WithPika(), [Repository.PathOf("ops/samples/python/tool.py")], environment);

    static string Built(string sample, string file)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        return Repository.PathOf($"ops/samples/{sample}/bin/{build.Parent!.Name}/{build.Name}/{file}");
    }

    static string WithPika()
    {
        ForeignProgram.Needs(PythonProgram, "/usr/lib/python3/dist-packages/pika",
            "apt-get install python3-pika, as ops/test does");
        return PythonProgram;
    }

    static Process Start(string program, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
