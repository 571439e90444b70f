using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>A page of <c>docs/clients</c>. Its programs are run unchanged, except for names and addresses.</summary>
sealed partial class ClientPage(string page, string language)
{
    const string Go = "/usr/share/gocode";

    /// <summary>RabbitMQ's address for AMQP 1.0.</summary>
    public static readonly Version FirstWithReplies = new(4, 2);

    static readonly string[] Jars = ["/usr/share/java/amqp-client.jar", "/usr/share/java/slf4j-api.jar"];

    /// <summary>Whether it speaks AMQP 1.0.</summary>
    public bool IsNewProtocol => page == "rhea";

    /// <summary>The page's first program: it sends a job, and prints the answer.</summary>
    public string Asking => Programs[0];

    /// <summary>Its second program: it subscribes to events, and prints each.</summary>
    public string Subscribing => Programs[1];

    IReadOnlyList<string> Programs =>
        [.. Fence().Matches(Repository.Read($"docs/clients/{page}.md"))
            .Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["code"].Value)];

    /// <summary>Starts a program of the page with the test's broker, worker and model.</summary>
    public Process Start(string program, string folder, BrokerFixture broker, string prefix, string model, string queue)
    {
        var (start, name) = Command();
        var file = Path.Combine(folder, name);
        var login = broker.Uri.UserInfo.Split(':');
        File.WriteAllText(file, program
            .Replace("amqp://guest:guest@localhost:5672", $"{broker.Uri}".TrimEnd('/'), StringComparison.Ordinal)
            .Replace("'localhost', 5672, 'guest', 'guest'",
                $"'{broker.Uri.Host}', {broker.Uri.Port}, '{login[0]}', '{login[^1]}'", StringComparison.Ordinal)
            .Replace("openai.jobs", $"{prefix}.jobs", StringComparison.Ordinal)
            .Replace("openai.events", $"{prefix}.events", StringComparison.Ordinal)
            .Replace("gpt-5-mini", model, StringComparison.Ordinal)
            .Replace("my-service", queue, StringComparison.Ordinal)
            .Replace("tides-1", queue, StringComparison.Ordinal));
        start.ArgumentList.Add(file);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Process.Start(start)!;
    }

    (ProcessStartInfo Start, string File) Command()
    {
        switch (page)
        {
            case "celery":
                ForeignProgram.Needs("python3", "/usr/lib/python3/dist-packages/kombu",
                    "apt-get install python3-kombu, as ops/test does");
                return (new("/usr/bin/python3"), "program.py");
            case "python":
                ForeignProgram.Needs("python3", "/usr/lib/python3/dist-packages/aio_pika",
                    "apt-get install python3-aio-pika, as ops/test does");
                return (new("/usr/bin/python3"), "program.py");
            case "php":
                ForeignProgram.Needs("php", "/usr/share/php/PhpAmqpLib",
                    "apt-get install php-cli php-amqplib, as ops/test does");
                return (new("php"), "program.php");
            case "ruby":
                ForeignProgram.Needs("ruby", "/usr/share/rubygems-integration/all/specifications",
                    "apt-get install ruby-bunny, as ops/test does");
                return (new("ruby"), "program.rb");
            case "go":
                ForeignProgram.Needs("go", $"{Go}/src/github.com/rabbitmq/amqp091-go",
                    "apt-get install golang-go golang-github-rabbitmq-amqp091-go-dev, as ops/test does");
                return (new("go", ["run"]) { Environment = { ["GO111MODULE"] = "off", ["GOPATH"] = Go } },
                    "program.go");
            case "java":
                ForeignProgram.Needs("javac", Jars[0],
                    "apt-get install default-jdk-headless librabbitmq-client-java, as ops/test does");
                return (new("java", ["-cp", string.Join(Path.PathSeparator, Jars)]), "Program.java");
            default:
                ForeignProgram.Needs("node", "ops/samples/node/node_modules",
                    "npm ci --prefix ops/samples/node, as ops/test does");
                return (new("node"), "program.mjs");
        }
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
