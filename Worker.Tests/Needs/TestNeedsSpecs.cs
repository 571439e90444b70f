using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Needs;

public sealed class TestNeedsSpecs
{
    [Fact]
    public void Test_that_may_be_skipped_or_starts_a_program_is_not_a_fast_one()
    {
        Assert.Equal(Need.Service | Need.Program, Of(typeof(BrokerSpecs)));
        Assert.Equal(Need.Service | Need.Program, Of(typeof(PostgresSpecs)));
        Assert.Equal(Need.Service, Of(typeof(SkippedDeep)));
        Assert.Equal(Need.Program, Of(typeof(Started)));
        Assert.Equal(Need.Nothing, Of(typeof(TestNeedsSpecs)));
    }

    [Fact]
    public void Most_tests_are_fast()
    {
        var fast = TestNeeds.Tests.Count(test => TestNeeds.Of(test.Class, test.Test) == Need.Nothing);

        Assert.InRange(fast, TestNeeds.Tests.Count() / 2, TestNeeds.Tests.Count() - 100);
    }

    // Everything that holds the fixture of a broker, found in another way: by its constructor.
    [Fact]
    public void No_fast_test_is_given_a_broker() => Assert.Empty(
        from test in TestNeeds.Tests
        where TestNeeds.Of(test.Class, test.Test) == Need.Nothing
        from made in test.Class.GetConstructors()
        from parameter in made.GetParameters()
        where parameter.ParameterType == typeof(BrokerFixture) || parameter.ParameterType == typeof(WorkerScene)
        select $"{test.Class.Name}.{test.Test.Name}");

    static Need Of(Type type) => type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), true))
        .Concat([type.GetMethod(nameof(SkippedDeep.Runs))!]).OfType<System.Reflection.MethodInfo>()
        .Aggregate(Need.Nothing, (needs, test) => needs | TestNeeds.Of(type, test));

    abstract class Skipping
    {
        public async Task Run()
        {
            await Task.Yield();
            foreach (var step in Steps())
                step();
        }

        protected abstract IEnumerable<Action> Steps();
    }

    sealed class SkippedDeep
    {
        sealed class Far : Skipping
        {
            protected override IEnumerable<Action> Steps()
            {
                yield return () => Assert.Skip("It is not here.");
            }
        }

        public static Task Runs() => new Far().Run();
    }

    sealed class Started
    {
        public static void Runs() => System.Diagnostics.Process.Start("true").Dispose();
    }
}
