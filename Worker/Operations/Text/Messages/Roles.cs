using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text.Messages;

static class Roles
{
    /// <summary>The role, or <c>user</c> if none is set.</summary>
    public static string RoleOrUser(this ModelMessage message) => message.Role ?? "user";
}
