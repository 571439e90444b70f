using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Tests.Operations.Text;

/// <summary>
/// Instructions at the place where the model's prompt cache keeps them, and headers that a gateway requires with every
/// call.
/// </summary>
public sealed class LeadingInstructionsSpecs
{
    static readonly MessageModel Instructed = Messages.Smallest with { Instructions = "Be brief." };

    [Fact]
    public async Task Of_a_model_that_caches_no_instructions_they_are_the_first_message()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Instructed with { Model = "gpt-6.2-sol" });

        JsonAssert.Same(
            """{"model":"gpt-6.2-sol","input":[{"role":"developer","content":"Be brief."},"""
                + """{"role":"user","content":"Hello"}]}""", worker.OnlyCall.Body);
    }

    [Fact]
    public async Task Of_other_models_and_in_a_conversation_they_stay_beside_the_input()
    {
        await using var worker = await EmbeddedWorker.Start();
        var conversation = (await worker.Answer(new CreateConversation())).Conversation!.Id;

        await worker.Answer(Instructed with { Model = "gpt-6-luna" });
        await worker.Answer(Instructed with { Model = "gpt-6.2-sol", ConversationId = conversation });

        Assert.All(worker.Emulator.Calls.Skip(1), call => Assert.Equal("Be brief.", call.Body.Text("instructions")));
    }

    [Fact]
    public async Task Functions_that_are_answered_do_not_say_the_instructions_again()
    {
        await using var worker = await EmbeddedWorker.Start("--Tools:AllowCommands=true",
            "--Tools:Functions:find:Command=/bin/cat");

        await worker.Answer(Instructed with
        {
            Model = "gpt-6.2-sol",
            Tools = [new() { Function = new() { Name = "find" } }],
            ToolChoice = "find"
        });

        Assert.Equal(2, worker.Emulator.Calls.Count);
        Assert.All(worker.Emulator.Calls, call => Assert.Null(call.Body.Text("instructions")));
        Assert.DoesNotContain("developer", worker.Emulator.Calls[1].Body.GetProperty("input").GetRawText());
    }

    [Fact]
    public async Task A_credentials_own_headers_go_with_every_call()
    {
        await using var worker = await EmbeddedWorker.Start("--OpenAI:Credentials:default:Headers:X-Gateway=secret");

        await worker.Answer(Messages.Smallest);
        await worker.Answer(Messages.Call);

        Assert.All(worker.Emulator.Calls, call => Assert.Equal("secret", call.Headers["X-Gateway"]));
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Content-Type")]
    [InlineData("a b")]
    public void A_header_that_the_worker_sets_itself_is_refused(string name) => Assert.Contains(
        $"OpenAI:Credentials:default:Headers:{name} cannot be sent",
        new CredentialRules().Validate(null,
            new()
            {
                Credentials = new Dictionary<string, CredentialOptions>
                {
                    ["default"] = new()
                    {
                        ApiKey = "k",
                        Headers = new Dictionary<string, string> { [name] = "x" }
                    }
                }
            }).FailureMessage);
}
