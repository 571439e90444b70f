namespace OpenAIWorker.Operations.Text;

static class OutputNames
{
    /// <summary>The name of a schema if the sender gives none; the API requires one.</summary>
    public const string Default = "answer";
}
