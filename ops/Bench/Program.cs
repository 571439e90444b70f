using System.CommandLine;
using OpenAIWorker.Bench.Batch;
using OpenAIWorker.Bench.Check;
using OpenAIWorker.Bench.Growth;
using OpenAIWorker.Bench.Ladder;
using OpenAIWorker.Bench.Limits;
using OpenAIWorker.Bench.Scale;
using OpenAIWorker.Bench.Soak;
using OpenAIWorker.Bench.Throughput;

return await new RootCommand(
    "Measures the worker from outside: on the emulator's clock and counters, and on a broker in a container.")
{
    ThroughputCommand.Make(),
    LimitsCommand.Make(),
    LadderCommand.Make(),
    BatchCommand.Make(),
    SoakCommand.Make(),
    ScaleCommand.Make(),
    CeilingCommand.Make(),
    CheckCommand.Make(),
    GrowthCommand.Make(),
}.Parse(args).InvokeAsync();
