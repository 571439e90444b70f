using OpenAIWorker.Demo;

if (args is [ParcelDesk.Function])
{
    ParcelDesk.Answer();
    return 0;
}

// Emulator and worker in one process on a free port: no key, no broker.
await using var emulator = await OpenAIWorker.Emulator.OpenAIEmulator.Start();
Console.WriteLine("""
    These answers come from an emulator. With the real API:
    export OPENAI_API_KEY=sk-…
    dotnet run --project Worker -- batch ops/samples/jobs.jsonl -o results.jsonl

    """);
var file = args.FirstOrDefault(arg => arg != DemoRun.Web) ?? Samples.Find();
return await DemoRun.Run(file, args.Contains(DemoRun.Web), emulator);
