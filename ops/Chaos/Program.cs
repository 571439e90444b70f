using System.CommandLine;
using OpenAIWorker.Chaos;
using OpenAIWorker.Chaos.Stores;

var defaults = new ChaosOptions();
var jobs = new Option<int>("--jobs") { Description = "How many jobs.", DefaultValueFactory = _ => defaults.Jobs };
var workers = new Option<int>("--workers")
{
    Description = "How many worker processes.",
    DefaultValueFactory = _ => defaults.Workers
};
var image = new Option<string>("--image")
{
    Description = "The image of RabbitMQ, run with docker. RABBITMQ_IMAGE names another default.",
    DefaultValueFactory = _ => defaults.Image,
};
var nodes = new Option<int>("--nodes")
{
    Description = "How many brokers, in a cluster.",
    DefaultValueFactory = _ => defaults.Nodes
};
var every = new Option<int>("--every")
{
    Description = "Seconds between two disturbances.",
    DefaultValueFactory = _ => (int)defaults.Every.TotalSeconds
};
var disturbed = new Option<int>("--disturbed")
{
    Description = "Seconds after which nothing is disturbed any more.",
    DefaultValueFactory = _ => (int)defaults.Disturbed.TotalSeconds
};

var stores = new Option<bool>(
    "--stores")
{
    Description =
        "Disturb PostgreSQL and S3 instead of workers and broker, with jobs for assistants and images."
};
var records = new Option<string>("--records")
{
    HelpName = "sqlite|postgres|off",
    Description = "The workers keep records there. A server is killed and started again twice.",
    DefaultValueFactory = _ => defaults.Records
};
records.AcceptOnlyFromAmong("sqlite", "postgres", "off");

var chaos = new RootCommand(
    "Kills workers, restarts the broker and cuts connections under jobs that fail in every way, and counts what was "
        + "lost or done twice.")
{
    jobs, workers, image, nodes, every, disturbed, stores, records,
};
chaos.SetAction((given, cancellation) => Run(given)(
    new()
    {
        Jobs = given.GetValue(jobs),
        Workers = given.GetValue(workers),
        Image = given.GetValue(image)!,
        Records = given.GetValue(records)!,
        Nodes = given.GetValue(nodes),
        Every = TimeSpan.FromSeconds(given.GetValue(every)),
        Disturbed = TimeSpan.FromSeconds(given.GetValue(disturbed)),
    },
    cancellation));
return await chaos.Parse(args).InvokeAsync();

Func<ChaosOptions, CancellationToken, Task<int>> Run(ParseResult given) =>
    given.GetValue(stores) ? StoreRun.Run : ChaosRun.Run;
