using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>
/// The rooms have floors: a room uses only rooms below it, and none beside it. <c>WorkerHost</c> and the other files in
/// the root put them together.
/// </summary>
public sealed partial class FloorSpecs
{
    static readonly string[][] Floors =
    [
        ["Json"], ["Settings"], ["Telemetry"], ["Jobs", "Costs"], ["Upstream"], ["Limits", "Storage"], ["Payloads"],
        ["Tools"], ["Operations"], ["Delivery"], ["Health"], ["Web"], ["Cli"],
    ];

    static readonly HashSet<string> Roof =
    [
        .. from file in SourceFile.Below("Worker")
           where RoomOf(file.Path) is null && Uses().IsMatch(file.Code)
           select Path.GetFileNameWithoutExtension(file.Path),
    ];

    [Fact]
    public void A_room_uses_only_rooms_below_it() => Assert.Empty(Faults());

    // The verbs are programs, which put the rooms together themselves.
    [Fact]
    public void No_room_uses_what_puts_the_rooms_together() => Assert.Empty(
        from file in SourceFile.Below("Worker")
        where RoomOf(file.Path) is not (null or "Cli")
        from type in file.Words.Intersect(Roof)
        select $"{file.Path}: uses {type}, which is made of all rooms: have it told what it needs.");

    [Fact]
    public void Every_room_has_a_floor() =>
        Assert.All(SourceFile.Below("Worker").Select(file => RoomOf(file.Path)).OfType<string>().Distinct(),
            room => Assert.True(FloorOf(room) >= 0, room));

    static IEnumerable<string> Faults() =>
        from file in SourceFile.Below("Worker")
        let room = RoomOf(file.Path)
        where room is not null
        from used in Uses().Matches(file.Code).Select(match => match.Groups[1].Value).Distinct()
        where used != room && FloorOf(used) >= FloorOf(room)
        select $"{file.Path}: using OpenAIWorker.{used}, but {room} is on floor {FloorOf(room) + 1} and {used} on "
            + $"floor {FloorOf(used) + 1}: "
            + "move what both need to a room below.";

    static string? RoomOf(string path) => path.Split('/') is [_, var room, _, ..] ? room : null;

    static int FloorOf(string room) => Array.FindIndex(Floors, floor => floor.Contains(room));

    [GeneratedRegex(@"^\s*using (?:static )?OpenAIWorker\.(?!Contracts\b)(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
