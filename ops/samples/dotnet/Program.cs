// Publishes a job and subscribes to its ending: dotnet run --project ops/samples/dotnet "How do tides work?"
// AMQP_URL names the broker, PREFIX and MODEL what the worker has.
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
        rabbit.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, $"{prefix}."));
    Subscribe<ModelMessaged>(rabbit, result => End(result.JobId, result.Text, 0));
    Subscribe<OperationFailed>(rabbit, failure => End(failure.JobId, $"{failure.Code}: {failure.Message}", 1));
});

await bus.StartAsync();
await bus.Publish(job);
var code = await ended.Task;
await bus.StopAsync();
return code;

// An endpoint for each type: plain JSON does not say which one it is.
void Subscribe<T>(IRabbitMqBusFactoryConfigurator rabbit, Action<T> take) where T : class => rabbit.ReceiveEndpoint($"ask-{job.JobId}-{typeof(T).Name}", endpoint =>
{
    endpoint.QueueExpiration = TimeSpan.FromMinutes(10);
    endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
    endpoint.Handler<T>(context =>
    {
        take(context.Message);
        return Task.CompletedTask;
    });
});

// All jobs' endings arrive here, as at any subscriber.
void End(string? jobId, string? text, int code)
{
    if (jobId == job.JobId && ended.TrySetResult(code))
        Console.WriteLine(text);
}
