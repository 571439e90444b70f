using System.Reflection;
using System.Runtime.CompilerServices;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Walls;

public sealed class NameSpecs
{
    static readonly string[] Vague = ["Manager", "Helper", "Service", "Processor", "Base", "Impl"];
    static readonly string[] Drawers = ["Common", "Helpers", "Utils", "Services", "Models", "Managers"];

    static readonly string[] Tops = ["Contracts", "Worker", "Worker.Tests", "ops"];

    [Fact]
    public void Types_say_what_they_are() => Assert.Empty(
        from assembly in new[] { typeof(JobRequest).Assembly, typeof(IOperation<,>).Assembly,
            typeof(NameSpecs).Assembly }
        from type in assembly.GetTypes()
        where type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && type.Namespace?.StartsWith(nameof(OpenAIWorker), StringComparison.Ordinal) == true
        where Vague.Any(ending => type.Name.Split('`')[0].EndsWith(ending, StringComparison.Ordinal))
        select type.FullName);

    [Fact]
    public void No_two_types_of_the_worker_have_one_name() => Assert.Empty(
        from type in typeof(IOperation<,>).Assembly.GetTypes()
        where !type.IsNested && type.Namespace?.StartsWith(nameof(OpenAIWorker), StringComparison.Ordinal) == true
        group type.FullName by type.Name into same
        where same.Count() > 1
        select string.Join(" and ", same));

    // A log writes a time as 11/30/2026 22:09:26 +00:00, unlike everything else.
    [Fact]
    public void Entries_of_the_log_get_times_as_texts() => Assert.Empty(
        from type in typeof(IOperation<,>).Assembly.GetTypes()
        where type is { IsNested: true, Name: "Log" }
        from method in type.GetMethods()
        where method.GetParameters().Any(parameter => parameter.ParameterType == typeof(DateTimeOffset)
            || parameter.ParameterType == typeof(DateTimeOffset?) || parameter.ParameterType == typeof(DateTime))
        select $"{type.FullName}.{method.Name}");

    [Fact]
    public void Folders_say_what_is_in_them() => Assert.Empty(
        from top in Tops
        from file in Repository.Files(top, "*.cs")
        where file.Split('/')[..^1].Intersect(Drawers, StringComparer.OrdinalIgnoreCase).Any()
        select file);
}
