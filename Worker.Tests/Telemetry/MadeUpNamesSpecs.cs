using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>Every name in a tag is a series that is stored for ever, and senders can invent names.</summary>
public sealed class MadeUpNamesSpecs
{
    const int Many = 300;

    [Fact]
    public async Task Models_that_no_provider_has_answered_for_are_one_series()
    {
        var mark = Guid.NewGuid().ToString("N");
        using var measured = new Measured();
        await using var worker = await EmbeddedWorker.Start();

        await Task.WhenAll(Enumerable.Range(0, Many)
            .Select(number =>
                worker.Failure(Busy.Ask($"{mark}-{number}+status:404") with
                {
                    Credential = number % 2 == 0 ? "default" : "DeFaUlT"
                })));
        await worker.Answer(Busy.Ask($"{mark}-real"));
        measured.Look();

        var ours = measured.All.SelectMany(measurement => measurement.Tags.Values)
            .Where(value => value.Contains(mark, StringComparison.Ordinal)).Distinct();
        Assert.Equal([$"{mark}-real"], ours);
        Assert.DoesNotContain(measured.All,
            measurement => measurement.Tags.GetValueOrDefault("credential") == "DeFaUlT");
        Assert.Contains(measured.All,
            measurement => measurement.Tags.GetValueOrDefault("gen_ai.request.model") == ModelNames.Other);
    }

    [Fact]
    public void A_provider_that_answers_for_any_name_is_believed_two_hundred_times()
    {
        var models = new ModelNames();
        for (var number = 0; number < 10_000; number++)
            models.Confirm($"m-{number}");

        Assert.Equal(200, Enumerable.Range(0, 10_000).Count(number => models.Of($"m-{number}") != ModelNames.Other));
    }

    [Fact]
    public void A_name_longer_than_any_model_has_is_none()
    {
        var models = new ModelNames();
        models.Confirm(new string('x', 101));

        Assert.Equal(ModelNames.Other, models.Of(new string('x', 101)));
        Assert.Null(models.Of(null));
    }
}
