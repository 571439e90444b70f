namespace OpenAIWorker.Operations;

/// <summary>Bytes that a model made, with their type.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Kind">The beginning of their file name: <c>image</c> or <c>audio</c>.</param>
/// <param name="ContentType">Such as <c>image/png</c>.</param>
/// <param name="Ending">The extension of their file name, such as <c>.png</c>.</param>
sealed record MadeBytes(byte[] Bytes, string Kind, string ContentType, string Ending);
