// Publishes a job and subscribes to its ending: dotnet run --project ops/samples/dotnet "How do tides work?" AMQP_URL
// names the broker, PREFIX the worker's prefix, MODEL a model of its provider.
using MassTransit;
using OpenAIWorker.Contracts;

var prefix = Environment.GetEnvironmentVariable("PREFIX") ?? "openai";
var job = new MessageModel
{
    JobId = Guid.NewGuid().ToString(),
    Model = Environment.GetEnvironmentVariable("MODEL") ?? "gpt-5-mini",
    Messages = [new() { Text = args[0] }],
};
var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
{
    rabbit.Host(new Uri(Environment.GetEnvironmentVariable("AMQP_URL") ?? "amqp://guest:guest@localhost:5672/"));
    if (prefix != "openai")
        rabbit.MessageTopology.SetEntityNameFormatter(
            new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, $"{prefix}."));
    // Events are plain JSON, with their type in a header. Envelopes are still read.
    rabbit.UseRawJsonDeserializer(RawSerializerOptions.AddTransportHeaders);
    rabbit.ReceiveEndpoint($"ask-{job.JobId}", endpoint =>
    {
        endpoint.QueueExpiration = TimeSpan.FromMinutes(10);
        endpoint.Handler<ModelMessaged>(context => End(context.Message.JobId, context.Message.Text, 0));
        endpoint.Handler<OperationFailed>(context =>
            End(context.Message.JobId, $"{context.Message.Code}: {context.Message.Message}", 1));
    });
});

await bus.StartAsync();
await bus.Publish(job);
var code = await ended.Task;
await bus.StopAsync();
return code;

// The endings of all jobs arrive here, as at every subscriber.
Task End(string? jobId, string? text, int code)
{
    if (jobId == job.JobId && ended.TrySetResult(code))
        Console.WriteLine(text);
    return Task.CompletedTask;
}
