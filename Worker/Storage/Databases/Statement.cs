namespace OpenAIWorker.Storage.Databases;

/// <summary>A statement that is sent to the database together with others.</summary>
/// <param name="Sql">The SQL, with parameters as <c>@name</c>.</param>
/// <param name="Parameters">Their values.</param>
sealed record Statement(string Sql, params (string Name, object? Value)[] Parameters);
