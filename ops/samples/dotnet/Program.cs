using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Contracts;
using OpenAIWorker.Samples;

// Has a model answer a prompt, by way of the queue: dotnet run --project ops/samples/dotnet -- MODEL PROMPT
var (model, prompt) = (args[0], args[1]);
var prefix = Environment.GetEnvironmentVariable("OPENAI_WORKER_PREFIX") ?? "openai";
var uri = Environment.GetEnvironmentVariable("RABBITMQ_URI") ?? "amqp://guest:guest@localhost:5672";

var builder = Host.CreateApplicationBuilder(["--Logging:LogLevel:Default=Warning"]);
builder.Services.AddSingleton<OpenJobs>().AddMassTransit(bus =>
{
    bus.AddConsumer<AnswerConsumer>();
    bus.AddConsumer<FailureConsumer>();
    bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter($"{prefix}-sample", false));
    bus.AddConfigureEndpointsCallback((_, endpoint) => endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true));
    bus.UsingRabbitMq((context, rabbit) =>
    {
        rabbit.Host(new Uri(uri));
        // Only where the worker has another Broker:Prefix than openai.
        if (prefix != "openai")
            rabbit.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, $"{prefix}."));
        rabbit.ConfigureEndpoints(context);
    });
});
using var host = builder.Build();
await host.StartAsync();

var job = new MessageModel { JobId = Guid.NewGuid().ToString(), Model = model, Messages = [new() { Text = prompt }] };
var ending = host.Services.GetRequiredService<OpenJobs>().Of(job.JobId);
await host.Services.GetRequiredService<IBus>().Publish(job);
var ended = await ending;
await host.StopAsync();

if (ended is ModelMessaged answer)
    Console.WriteLine(answer.Text);
else if (ended is OperationFailed failure)
    await Console.Error.WriteLineAsync($"{failure.Code}: {failure.Message}");
return ended is ModelMessaged ? 0 : 1;
