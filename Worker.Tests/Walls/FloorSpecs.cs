using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>The house has floors: a room uses rooms below it, and those beside it not. <c>WorkerHost</c> and the other files at the root put it together.</summary>
public sealed partial class FloorSpecs
{
    static readonly string[][] Floors =
    [
        ["Json"], ["Settings"], ["Telemetry"], ["Jobs", "Costs"], ["Upstream"], ["Limits", "Storage"], ["Payloads", "Assistants"],
        ["Tools"], ["Operations"], ["Delivery"], ["Health"], ["Cli"],
    ];

    // Still to be mended: each with what it needs from above.
    static readonly string[] Known =
    [
        "Worker/Settings/SettingsCatalog.cs", // the list of all settings, which belongs to the root
        "Worker/Settings/SettingsReload.cs", // which of them the other rooms take while the worker runs
        "Worker/Jobs/CredentialBlame.cs", // the words of providers' errors
        "Worker/Tools/Toolbox.cs", "Worker/Tools/ToolsRules.cs", // whether there is a broker, and what a function may be called
        "Worker/Upstream/CallNames.cs", // an operation's name and model, which it should be told
    ];

    [Fact]
    public void A_room_uses_only_rooms_below_it() => Assert.Empty(Faults().Where(fault => !Known.Contains(fault.File)).Select(fault => fault.Rule));

    [Fact]
    public void What_is_known_to_use_a_room_above_it_still_does() => Assert.Empty(Known.Except(Faults().Select(fault => fault.File)));

    [Fact]
    public void Every_room_has_a_floor() =>
        Assert.All(SourceFile.Below("Worker").Select(file => RoomOf(file.Path)).OfType<string>().Distinct(), room => Assert.True(FloorOf(room) >= 0, room));

    static IEnumerable<(string File, string Rule)> Faults() =>
        from file in SourceFile.Below("Worker")
        let room = RoomOf(file.Path)
        where room is not null
        from used in Uses().Matches(file.Code).Select(match => match.Groups[1].Value).Distinct()
        where used != room && FloorOf(used) >= FloorOf(room)
        select (file.Path, $"{file.Path}: using OpenAIWorker.{used}, but {room} is on floor {FloorOf(room) + 1} and {used} on floor {FloorOf(used) + 1}: move what both need to a room below.");

    static string? RoomOf(string path) => path.Split('/') is [_, var room, _, ..] ? room : null;

    static int FloorOf(string room) => Array.FindIndex(Floors, floor => floor.Contains(room));

    [GeneratedRegex(@"^\s*using (?:static )?OpenAIWorker\.(?!Contracts\b)(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
