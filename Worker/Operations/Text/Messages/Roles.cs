using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text.Messages;

static class Roles
{
    /// <summary>Most messages are the user's, so that is what one without a role is.</summary>
    public static string RoleOrUser(this ModelMessage message) => message.Role ?? "user";
}
