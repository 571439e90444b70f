using OpenAIWorker.Cli;

return await WorkerCommand.Run(args);
