using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Needs;

/// <summary>
/// Finds what a test needs from its compiled code, and from all code in this assembly that it reaches, including
/// fixtures, base classes and data. A test that can reach a skip needs something that may be missing.
/// </summary>
static class TestNeeds
{
    const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    static readonly Assembly Own = typeof(TestNeeds).Assembly;
    static readonly Lazy<Dictionary<MethodBase, Need>> Found = new(Find);

    public static Need Of(Type testClass, MethodInfo test) => Roots(testClass, test)
        .Aggregate(Need.Nothing, (needs, method) => needs | Found.Value.GetValueOrDefault(method));

    /// <summary>Every test of this assembly.</summary>
    public static IEnumerable<(Type Class, MethodInfo Test)> Tests =>
        from type in Own.GetExportedTypes()
        where type is { IsClass: true, IsAbstract: false }
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null
        select (type, method);

    static IEnumerable<MethodBase> Roots(Type testClass, MethodInfo test)
    {
        var data = test.GetCustomAttributes<MemberDataAttribute>()
            .SelectMany(from => (from.MemberType ?? testClass).GetMember(from.MemberName, Everything))
            .SelectMany(member => member switch
            {
                PropertyInfo property => [property.GetMethod!],
                MethodBase method => [method],
                _ => Array.Empty<MethodBase>(),
            });
        return [Definition(test), .. Given(testClass).Distinct().SelectMany(Made), .. data];
    }

    // The class, its fixtures, and what these are given.
    static IEnumerable<Type> Given(Type type) => type.GetInterfaces().SelectMany(each => each.GetGenericArguments())
        .Concat(type.GetConstructors().SelectMany(made => made.GetParameters()).Select(each => each.ParameterType))
        .Where(each => each.Assembly == Own && each != type)
        .SelectMany(Given)
        .Prepend(type);

    // What runs of a type once it is created, without a call by name: its constructors, and members declared elsewhere.
    static IEnumerable<MethodBase> Made(Type type) =>
        from part in Lineage(type)
        from method in part.GetConstructors(Everything)
            .Concat<MethodBase>(part.GetMethods(Everything).Where(method => method.IsVirtual && !IsTest(method)))
        select method;

    static IEnumerable<Type> Lineage(Type? type)
    {
        for (; type?.Assembly == Own; type = type.BaseType)
            yield return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    }

    static bool IsTest(MethodInfo method) => method.IsDefined(typeof(FactAttribute), inherit: true);

    static Dictionary<MethodBase, Need> Find()
    {
        var needs = new Dictionary<MethodBase, Need>();
        var callers = new Dictionary<MethodBase, List<MethodBase>>();
        foreach (var method in Own.GetTypes().SelectMany(type => type.GetMembers(Everything)).OfType<MethodBase>())
        {
            if (Direct(method) is var direct and not Need.Nothing)
                needs[method] = direct;
            foreach (var called in Called(method))
                (callers.TryGetValue(called, out var known) ? known : callers[called] = []).Add(method);
        }
        var open = new Queue<MethodBase>(needs.Keys);
        while (open.TryDequeue(out var method))
            foreach (var caller in callers.GetValueOrDefault(method, []))
            {
                var before = needs.GetValueOrDefault(caller);
                needs[caller] = before | needs[method];
                if (needs[caller] != before)
                    open.Enqueue(caller);
            }
        return needs;
    }

    static Need Direct(MethodBase method) => NamedMembers.Of(method).Aggregate(Need.Nothing, (needs, named) =>
        needs | (named.Method.DeclaringType, named.Method.Name) switch
        {
            (var type, nameof(Process.Start)) when type == typeof(Process) => Need.Program,
            (var type, _) when type == typeof(SkipException) => Need.Service,
            (var type, var name) when type == typeof(Assert) && name.StartsWith("Skip", StringComparison.Ordinal) =>
                Need.Service,
            _ => Need.Nothing,
        });

    static IEnumerable<MethodBase> Called(MethodBase method)
    {
        foreach (var (code, called) in NamedMembers.Of(method))
        {
            if (called.DeclaringType?.Assembly != Own)
                continue;
            yield return Definition(called);
            if (called.IsStatic && called.DeclaringType.TypeInitializer is { } initializer)
                yield return Definition(initializer);
            // The class that holds a method's lambdas holds those of all other methods too.
            if (code == OpCodes.Newobj && !called.DeclaringType.Name.StartsWith("<>c", StringComparison.Ordinal))
                foreach (var reached in Made(called.DeclaringType))
                    yield return reached;
        }
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } body)
            foreach (var step in body.StateMachineType.GetMethods(Everything))
                yield return step;
    }

    static MethodBase Definition(MethodBase method) => method.Module.ResolveMethod(method.MetadataToken)!;
}
