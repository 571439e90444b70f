namespace OpenAIWorker.Tests.Settings;

public sealed class ToolSettingsSpecs
{
    const string Function = "--Tools:Functions:weather:";

    [Theory]
    [InlineData("Command=/bin/date",
        "Tools:Functions:weather:Command is /bin/date, but Tools:AllowCommands is false. Set it to true if jobs may "
            + "run that program.")]
    [InlineData("Url=http://localhost/",
        "Tools:Functions:weather:Url is http://localhost/, but Tools:AllowHttp is false. Set it to true if jobs may "
            + "call that address.")]
    [InlineData("Queue=weather",
        "Tools:Functions:weather:Queue is weather, but there is no broker. Set Broker:Uri, or give the function a "
            + "Command or a Url.")]
    [InlineData("Parameters=[]",
        "Tools:Functions:weather:Parameters is not a JSON object. Give a JSON Schema, such as "
            + "{\"type\":\"object\",\"properties\":{}}.")]
    [InlineData("Timeout=02:00:00", "Tools:Functions:weather:Timeout is 02:00:00; allowed: 00:00:01 to 01:00:00.")]
    public void What_a_function_cannot_be_stops_the_worker(string setting, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"{Function}{setting}"));

    [Fact]
    public void A_function_has_one_handler() => Assert.Equal(
        "Tools:Functions:weather has more than one of Queue, Command and Url. Keep one of them.",
        WorkerSettings.Problems("--Tools:AllowCommands=true", "--Tools:AllowHttp=true", $"{Function}Command=date",
            $"{Function}Url=http://localhost/"));

    [Fact]
    public void A_program_has_no_longer_than_a_call() => Assert.Equal(
        "Tools:Functions:weather:Timeout is 00:30:00; allowed: up to 00:25:00 for a Command or a Url.",
        WorkerSettings.Problems("--Tools:AllowCommands=true", $"{Function}Command=date",
            $"{Function}Timeout=00:30:00"));

    [Fact]
    public void A_name_that_the_API_refuses_is_refused_at_once() => Assert.Equal(
        "Tools:Functions:the weather is not a function's name; allowed: 1 to 64 of a-z A-Z 0-9 _ -.",
        WorkerSettings.Problems("--Tools:Functions:the weather:Description=x"));

    [Fact]
    public void A_server_has_an_address_or_a_connector() => Assert.Equal(
        "Tools:Servers:desk has neither of Url and ConnectorId. Give exactly one.",
        WorkerSettings.Problems("--Tools:Servers:desk:Authorization=secret"));
}
