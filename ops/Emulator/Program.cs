using OpenAIWorker.Emulator;

var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var options = settings.Get<EmulatorOptions>() ?? new();
await using var emulator = await OpenAIEmulator.Start(options with { Url = settings["urls"] ?? "http://127.0.0.1:8080" });
Console.WriteLine($"OpenAI emulator: OPENAI_BASE_URL={emulator.BaseUrl} OPENAI_API_KEY=any");
await emulator.Ended;
