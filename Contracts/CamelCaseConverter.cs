using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Contracts;

/// <summary>Enumerations travel by name: <c>chatCompletions</c>, never 1.</summary>
sealed class CamelCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
