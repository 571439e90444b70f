namespace OpenAIWorker.Operations;

/// <summary>Bytes that a model made, and what they are.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Kind">What their name begins with: <c>image</c> or <c>audio</c>.</param>
/// <param name="ContentType">Such as <c>image/png</c>.</param>
/// <param name="Ending">What their name ends with, such as <c>.png</c>.</param>
sealed record MadeBytes(byte[] Bytes, string Kind, string ContentType, string Ending);
