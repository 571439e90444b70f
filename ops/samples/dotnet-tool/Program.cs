// Answers a function that models ask for, the hours of daylight: dotnet run --project ops/samples/dotnet-tool
// A job names it in its tools: {"function": {"name": "daylight", "queue": "tools.daylight", "parameters": {...}}}.
// AMQP_URL names the broker, QUEUE the function's queue.
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Samples;

var queue = Environment.GetEnvironmentVariable("QUEUE") ?? "tools.daylight";
var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
{
    rabbit.Host(new Uri(Environment.GetEnvironmentVariable("AMQP_URL") ?? "amqp://guest:guest@localhost:5672/"));
    rabbit.ToolEndpoint(queue, (call, _) =>
    {
        var (latitude, day) = (call.Arguments.GetProperty("latitude").GetDouble(),
            call.Arguments.GetProperty("dayOfYear").GetInt32());
        return Task.FromResult(new ToolAnswered
        {
            Json = JsonSerializer.SerializeToElement(
            new { hours = Daylight(latitude, day) })
        });
    });
});

await bus.StartAsync();
Console.WriteLine($"answers calls in {queue}");
var stop = new TaskCompletionSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.TrySetResult();
};
await stop.Task;
await bus.StopAsync();

// Hours between sunrise and sunset. The sun's declination is by Cooper's formula, accurate to a few minutes.
static double Daylight(double latitude, int dayOfYear)
{
    var declination = double.DegreesToRadians(23.45) * Math.Sin(2 * Math.PI * (284 + dayOfYear) / 365);
    var noonToSet = -Math.Tan(double.DegreesToRadians(latitude)) * Math.Tan(declination);
    return Math.Round(24 / Math.PI * Math.Acos(Math.Clamp(noonToSet, -1, 1)), 2);
}
