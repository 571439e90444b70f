using System.CommandLine;
using OpenAIWorker.Bench.Batch;
using OpenAIWorker.Bench.Ladder;
using OpenAIWorker.Bench.Limits;

return await new RootCommand("Measures the worker from outside: on the emulator's clock and counters, and on a broker in a container.")
{
    LimitsCommand.Make(),
    LadderCommand.Make(),
    BatchCommand.Make(),
}.Parse(args).InvokeAsync();
