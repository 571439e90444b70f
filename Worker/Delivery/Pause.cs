namespace OpenAIWorker.Delivery;

/// <summary>A credential's pause.</summary>
sealed class Pause(DateTimeOffset since)
{
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Since => since;

    /// <summary>When the next job is let through.</summary>
    public DateTimeOffset NextProbe { get; set; }

    /// <summary>Completes when the credential works again.</summary>
    public Task Over => over.Task;

    public void End() => over.SetResult();
}
