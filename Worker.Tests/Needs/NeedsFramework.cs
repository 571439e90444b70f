using System.Reflection;
using OpenAIWorker.Tests.Needs;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(NeedsFramework))]

namespace OpenAIWorker.Tests.Needs;

/// <summary>
/// xunit with a trait <c>needs</c> on each test, which names what it needs: <c>-trait- needs=*</c> runs those that need
/// only this process, as <c>ops/test --fast</c> does.
/// </summary>
public sealed class NeedsFramework : XunitTestFramework
{
    public const string Trait = "needs";

    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) =>
        new Discoverer(new XunitTestAssembly(assembly, configFileName: null, assembly.GetName().Version));

    sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override ValueTask<bool> FindTestsForMethod(IXunitTestMethod testMethod,
            ITestFrameworkDiscoveryOptions discoveryOptions, Func<ITestCase, ValueTask<bool>> discoveryCallback)
        {
            return base.FindTestsForMethod(testMethod, discoveryOptions, Tell);

            ValueTask<bool> Tell(ITestCase test)
            {
                if (TestNeeds.Of(testMethod.TestClass.Class, testMethod.Method) is var needs and not Need.Nothing)
                    ((XunitTestCase)test).Traits.Add(Trait, [.. $"{needs}".ToLowerInvariant().Split(", ")]);
                return discoveryCallback(test);
            }
        }
    }
}
