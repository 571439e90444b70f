using System.CommandLine;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench;

/// <summary>The option <c>--image</c>.</summary>
static class BrokerImage
{
    public static Option<string> Option() => new("--image")
    {
        Description = "The image of RabbitMQ, run with docker. RABBITMQ_IMAGE names another default.",
        DefaultValueFactory = _ => Broker.DefaultImage,
    };
}
