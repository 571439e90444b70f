namespace OpenAIWorker.Storage.Databases;

/// <summary>A statement that goes to the database together with others.</summary>
/// <param name="Sql">Parameters stand in it as <c>@name</c>.</param>
/// <param name="Parameters">Their values.</param>
sealed record Statement(string Sql, params (string Name, object? Value)[] Parameters);
