using System.Reflection;
using System.Runtime.CompilerServices;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Walls;

/// <summary>A class gets what it needs through its constructor, and it needs little.</summary>
public sealed class ConstructorSpecs
{
    const int Most = 7;

    static IEnumerable<ConstructorInfo> All =>
        from type in typeof(OperationCatalog).Assembly.GetTypes()
        where type.IsClass && !type.IsNestedPrivate && !IsRecord(type)
            && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        select constructor;

    [Fact]
    public void No_class_takes_more_than_seven_dependencies() => Assert.Empty(
        from constructor in All
        where constructor.GetParameters().Length > Most
        select $"{constructor.DeclaringType!.Name} takes {constructor.GetParameters().Length}: divide it by what it "
            + "does.");

    [Fact]
    public void No_class_looks_for_services_itself() => Assert.Empty(
        from constructor in All
        where constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IServiceProvider))
        select $"{constructor.DeclaringType!.Name} takes an IServiceProvider: take what it needs instead.");

    // A record's parameters are its content, not its needs.
    static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
