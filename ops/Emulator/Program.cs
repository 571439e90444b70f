using OpenAIWorker.Emulator;

await using var emulator = await OpenAIEmulator.Start(CommandLine.Read(args));
await Console.Out.WriteLineAsync($"OpenAI emulator: {emulator.BaseUrl}");
await emulator.WaitForShutdown();
