namespace OpenAIWorker.Operations.Text;

static class OutputNames
{
    /// <summary>A schema must have a name; the sender need not care which.</summary>
    public const string Default = "answer";
}
